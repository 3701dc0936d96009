"""Draws Results/figures.svg from Results/*.csv: for every question each contender's median and
spread.

Seconds are on a logarithmic scale, so equal distances are equal ratios. Ours are drawn in another colour.
"""

import matplotlib

from report import RESULTS, read

matplotlib.use("svg")
matplotlib.rcParams.update({
    "svg.hashsalt": "mismatch", "svg.fonttype": "none", "font.size": 8, "axes.titlesize": 9,
    "axes.titlelocation": "left", "axes.spines.top": False, "axes.spines.right": False,
})

import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.ticker import NullFormatter  # noqa: E402

OURS, THEIRS = "#c0392b", "#5d7a94"
WHOLE = {
    "start": "Starting",
    "london": "Small job: 38 areas x 14 sectors",
    "providers": "460,862 rows in a .csv.gz",
    "grid": "7,264 areas x 412 sectors",
}
INGEST = {
    "plain.csv": "0.9 GB of CSV to 7,264 areas x 412 sectors",
    "quoted.csv": "The same, fully quoted (1.1 GB)",
    "plain.csv.gz": "The same, gzipped",
}


def point(row, label, least="min_s", most="max_s"):
    return label, float(row["median_s"]), float(row[least]), float(row[most])


def panels():
    """Title and points of each panel; a point is a label, the median, the least and the most seconds."""
    for question, title in WHOLE.items():
        points = [point(row, row["contender"]) for row in read("whole_runs.csv") if row["question"] == question]
        yield title, points
    for file, title in INGEST.items():
        points = [
            point(row, f"{row['contender']}, {row['task']}, {row['threads']} thr.")
            for row in read("ingest.csv") if row["file"] == file and row["outcome"] == "ok" and row["task"] != "growth"
        ]
        yield title, points
    for file, what in (("space.csv", "Areas x areas"), ("transport.csv", "Transport")):
        questions = {}
        for row in read(file):
            if row["question"] in ("growth", "machine"):
                continue
            key = (row["question"], row["areas"], row["sectors"])
            label = f"{row['contender']}, {row['threads']} thr."
            questions.setdefault(key, []).append(point(row, label, "least_s", "most_s"))
        for (question, areas, sectors), points in questions.items():
            # The table has all: what was measured beside nothing but its own parts, and products of small grids.
            is_small = file == "space.csv" and int(areas) < 1000
            if not is_small and any(not label.startswith(("mismatch", "bare")) for label, *_ in points):
                yield f"{what}, {question}: {int(areas):,} areas x {sectors} sectors", points
    yield "Bootstrap of dissimilarity, 1,000 draws", [
        point(row, f"{row['contender']}, {int(row['areas']):,} areas") for row in read("bootstrap.csv")
    ]


def draw(axes, title, points):
    for place, (label, median, least, most) in enumerate(reversed(points)):
        colour = OURS if label.startswith("mismatch") else THEIRS
        axes.plot([max(least, median / 10), most], [place, place], color=colour, linewidth=1.5)
        axes.plot(median, place, "o", color=colour, markersize=5)
        axes.text(max(median, most) * 1.15, place, f"{median:.3g} s", va="center")
    axes.set_yticks(range(len(points)), [label for label, *_ in reversed(points)])
    axes.set_ylim(-0.6, len(points) - 0.4)
    axes.set_xscale("log")
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.grid(axis="x", color="#dddddd")
    axes.set_axisbelow(True)
    axes.set_xlim(min(median for _, median, *_ in points) / 3, max(most for *_, most in points) * 4)
    axes.set_title(title)


def main():
    shown = [(title, points) for title, points in panels() if points]
    columns = (shown[::2], shown[1::2])
    heights = [max(len(b) for _, b in row) + 2.5 for row in zip(*columns)]
    if len(columns[0]) > len(columns[1]):
        heights.append(len(columns[0][-1][1]) + 2.5)
    figure, axes = plt.subplots(
        len(heights), 2, figsize=(13, 0.2 * sum(heights) + 0.8), squeeze=False,
        gridspec_kw={"height_ratios": heights}, layout="constrained")
    for column, panels_of_column in enumerate(columns):
        for row in range(len(heights)):
            if row < len(panels_of_column):
                draw(axes[row][column], *panels_of_column[row])
            else:
                axes[row][column].axis("off")
    figure.suptitle(
        "Seconds on a logarithmic scale: points are medians, lines run from the fastest to the slowest round; ours in red. "
        "Machine and method: README.md", fontsize=9, x=0.01, ha="left")
    figure.savefig(RESULTS / "figures.svg", metadata={"Date": None})


if __name__ == "__main__":
    main()
