"""Writes Results/README.md from Results/*.csv and what the machine says of itself."""

import csv
import os
import platform
import subprocess
from datetime import date
from pathlib import Path

from compare import COUNTED, TOLERANCE, WARM_UP
from timings import exponent, off_line

RESULTS = Path("Results")
TITLES = {
    "start": "Start: `mismatch --version`; a Python that only starts, or only loads a package",
    "london": "Small job: Datasets/london, 38 areas x 14 sectors, 11,811 rows of counts",
    "providers": "Large job: Jobs/providers.yaml, 460,862 rows in a .csv.gz",
    "grid": "Large grid: Jobs/grid.yaml, 7,264 areas x 412 sectors, both sides as plain CSV, default "
    "output (polars writes the same columns, without intervals, p-values and calls)",
}
TARGETS = {"london": 0.060, "providers": 1.0, "grid": 12.0}


def read(name):
    path = RESULTS / name
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def said(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout


def machine():
    facts = dict(line.split(":", 1) for line in said("lscpu").splitlines() if ":" in line)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    return (
        f"{facts.get('Model name', platform.machine()).strip()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GiB, {platform.system()}; load at the end {load}"
    )


def table(rows):
    yield "| contender | version | median s | min to max s | CPU s | ratio | min to max | peak MB |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        yield (
            "| {contender} | {version} | {median_s} | {min_s} to {max_s} | {cpu_median_s} "
            "| {ratio} | {ratio_min} to {ratio_max} | {peak_mb} |".format(**row)
        )


def losses(question, rows, starts):
    """What the figures do not let us call a win; `starts` are the medians of only starting."""
    ours, *others = rows
    peers = [row for row in others if not row["contender"].startswith(ours["contender"])]
    for row in peers:
        name = f"{question}, {row['contender']}"
        if float(row["ratio"]) < 1:
            yield f"- {name}: faster than we are (ratio {row['ratio']})."
        elif float(row["ratio_min"]) < 1:
            yield f"- {name}: faster than we are in some rounds (down to {row['ratio_min']})."
        if question != "start":
            own, their = (float(r["median_s"]) - starts[r["contender"]] for r in (ours, row))
            if their < own:
                yield (
                    f"- {name}: faster than we are once started: {their:.3f} s against "
                    f"{own:.3f} s, the medians less those of only starting."
                )
        if float(row["peak_mb"]) < float(ours["peak_mb"]):
            yield f"- {name}: less memory ({row['peak_mb']} MB against {ours['peak_mb']} MB)."


def targets(questions):
    for question, limit in TARGETS.items():
        ours = questions[question][0]
        median, slowest = float(ours["median_s"]), float(ours["max_s"])
        word = "met" if slowest < limit else "met in the median" if median < limit else "missed"
        yield (
            f"- {question}, under {limit:g} s: {word} (median {median:g} s, slowest {slowest:g} s)."
        )


def instructions(rows):
    if not rows:
        return ["Not counted: there was no valgrind."]
    return [
        "| run | instructions | counted again |", "| --- | ---: | ---: |",
        *(
            f"| {row['question']} | {int(row['instructions']):,} "
            f"| {int(row['instructions_again']):,} |"
            for row in rows
        ),
    ]


def ingest(rows):
    """Reading 0.9 GB of counts to a grid, and how far we are from what is asked of it."""
    grown, rows = rows, [row for row in rows if row["task"] != "growth"]
    yield "| file | contender | task | threads | median s | min to max s | CPU s | ratio | peak MB |"
    yield "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        if row["outcome"] == "ok":
            yield (
                "| {file} | {contender} | {task} | {threads} | {median_s} | {min_s} to {max_s} "
                "| {cpu_s} | {ratio_to_ours} | {peak_mb} |".format(**row)
            )
        else:
            yield "| {file} | {contender} | {task} | {threads} | {outcome} | | | | |".format(**row)
    yield ""
    for file in dict.fromkeys(row["file"] for row in rows):
        yield from asked_of_ingest(file, [row for row in rows if row["file"] == file and row["median_s"]])
    yield from growth_of_ingest(grown)


def growth_of_ingest(rows):
    """How time and memory grow with the rows of the same table, a quarter of it after another."""
    for threads in ("2", "1"):
        own = [row for row in rows if row["task"] == "growth" and row["threads"] == threads]
        sizes, times = range(1, len(own) + 1), [float(row["median_s"]) for row in own]
        yield (
            f"- growth by rows, {threads} threads, a quarter of the file after another: "
            f"{', '.join(row['median_s'] for row in own)} s; exponent {exponent(sizes, times):.2f} (linear is 1, "
            f"less where some time does not depend on rows), most distance from a line "
            f"{off_line(sizes, times):.3f} (part of the time); peak {', '.join(row['peak_mb'] for row in own)} MB."
        )


def asked_of_ingest(file, rows):
    """One line for each thing that is asked: the ratio that was reached, and whether that is enough."""
    peers = [row for row in rows if not row["contender"].startswith("mismatch")]
    undigested = {
        row["threads"]: float(row["ratio_to_ours"]) for row in rows
        if row["contender"] == "mismatch, no digest"
    }

    def ratios(of):
        return [float(row["ratio_to_ours"]) for row in peers if of(row)]

    asked = [
        ("the fastest whole", 6, "2", ratios(lambda row: row["task"] == "whole" and row["threads"] == "2")),
        ("the fastest group-by alone", 4, "2", ratios(lambda row: row["task"] == "group")),
        ("the fastest whole on one thread", 5, "1", ratios(lambda row: row["task"] == "whole" and row["threads"] == "1")),
        ("`wc -l`", 1 / 3, "2", ratios(lambda row: row["task"] == "lines")),
    ]
    for what, least, threads, found in asked:
        if found:
            word = "met" if min(found) >= least else "missed"
            yield (
                f"- {file}, {what} takes at least {least:.2g} times as long as we do: {word} ({min(found):g}; "
                f"{min(found) / undigested[threads]:.2g} without the digest)."
            )
    for share in ratios(lambda row: row["task"] == "SHA-256"):
        yield (
            f"- {file}: its SHA-256 alone, which the manifest holds and one core has to work out, takes OpenSSL "
            f"{share:g} of our time."
        )


def timings(rows):
    """Times of calculations in one process, with all inputs in memory."""
    yield "| question | contender | areas | sectors | threads | median s | min to max s | |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |"
    for row in rows:
        if row["question"] not in ("growth", "machine"):
            yield (
                "| {question} | {contender} | {areas} | {sectors} | {threads} | {median_s} "
                "| {least_s} to {most_s} | {note} |".format(**row)
            )
    yield ""
    for row in rows:
        if row["question"] == "growth":
            yield f"- {row['contender']}: {row['median_s']} ({row['note']})"


def measured():
    """When each table of results was measured: now where it differs from what is committed."""
    for path in sorted(RESULTS.glob("*.csv")):
        if said("git", "status", "--short", "--", str(path)).strip():
            yield f"{path.name} now"
        else:
            yield f"{path.name} at {said('git', 'log', '-1', '--format=%h', '--', str(path)).strip()}"


def page():
    questions = {}
    for row in read("whole_runs.csv"):
        questions.setdefault(row["question"], []).append(row)
    revision = said("git", "describe", "--always", "--dirty").strip()
    origin = Path(".inputs/origin.txt").read_text().strip()
    yield from [
        "# Results", "",
        "Written by `run.sh` from the CSV files beside it.", "",
        "![Seconds of all contenders, by question](figures.svg)", "",
        f"- Date: {date.today()}; revision {revision}",
        f"- Measured: {', '.join(measured())}.",
        f"- Machine: {machine()}. Shared with other work: medians and ratios count.",
        f"- Input of the large job: {origin}; the demand is made up.",
        f"- Method: whole processes, {WARM_UP} rounds to warm up, {COUNTED} counted; every round "
        "runs all contenders once, and starts with the next of them. Wall time from start to end; "
        "CPU time and peak memory as the system accounts them. A ratio is a peer's time over ours "
        "in the same round, the median of the rounds: above 1, we are faster.",
        "- Answers: every contender's cells (provision, demand, share gap) were checked against "
        f"ours to {TOLERANCE:g}; the largest difference is in the CSV.",
        "- Not the same work: ours also carries bounds and marks through every figure, tests every "
        "cell, draws 1,000 bootstrap samples of every area (both where the job does not leave them "
        "out, as that of reading does), keeps the balance, writes all tables and a manifest with digests, and brings them onto the disk; "
        "the peers write one file of cells and leave it in the cache. `mismatch, no disk` writes "
        "into memory (/dev/shm) and tells what the disk costs.",
    ]
    for question, rows in questions.items():
        yield from ["", f"## {TITLES[question]}", "", *table(rows)]
    starts = {
        row["contender"].removeprefix("import "): float(row["median_s"])
        for row in questions["start"]
    }
    lost = [line for key, rows in questions.items() for line in losses(key, rows, starts)]
    yield from ["", "## Targets", "", *targets(questions)]
    yield from ["", "## Where we lose or do not clearly win", ""]
    yield from lost or ["Nowhere, this time."]
    yield from ["", "## Instructions (callgrind, one thread)", ""]
    yield from instructions(read("instructions.csv"))
    yield from ["", "## Reading (`Ingest/compare.py`, answers equal to 1e-9)", ""]
    yield from ingest(read("ingest.csv"))
    yield from ["", "## Bootstrap of dissimilarity (`Bootstrap/compare.py`, same bytes for 1 and 2 threads)", ""]
    yield from bootstrap(read("bootstrap.csv"))
    yield from ["", "## Products over areas (`Space/space.py`, answers equal to 1e-10)", ""]
    yield from timings(read("space.csv"))
    yield from ["", "## Transport plans (`Transport/transport.py`, answers equal to 1e-8)", ""]
    yield from timings(read("transport.csv"))


def bootstrap(rows):
    yield "| contender | areas | sectors | draws | median s | min to max s | CPU s | ratio |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for row in rows:
        yield (
            "| {contender} | {areas} | {sectors} | {draws} | {median_s} | {min_s} to {max_s} "
            "| {cpu_median_s} | {ratio} |".format(**row)
        )


def main():
    lines = list(page())
    (RESULTS / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for line in lines:
        if line.startswith("- ") and any(word in line for word in ("missed", "than we are", "less memory")):
            print(line)


if __name__ == "__main__":
    main()
