"""Times runs of London with one document each beside a run without, in turns: compare.py EXECUTABLE ROUNDS."""

import csv
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
LONDON = HERE.parents[1] / "Datasets" / "london"


def jobs(folder):
    """Job files, one for each document, beside copies of London's inputs."""
    text = (LONDON / "job.yaml").read_text()
    for name in LONDON.glob("*.csv"):
        (folder / name.name).write_bytes(name.read_bytes())
    (folder / "boundaries.geojson").write_bytes((LONDON / "boundaries.geojson").read_bytes())
    plain = text.replace(", report: true", "")
    for name in ["none", "report", "figures", "workbook", "ees"]:
        option = "" if name == "none" else f", {name}: true"
        (folder / f"{name}.yaml").write_text(plain.replace("folder: out", f"folder: {name}{option}"))
    maps = plain.replace(", boundaries: boundaries.geojson", "")
    (folder / "report without maps.yaml").write_text(maps.replace("folder: out", "folder: unmapped, report: true"))


def measure(command, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    executable, rounds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        jobs(folder)
        commands = {f"mismatch, {path.stem}": [executable, "run", path.name, "--quiet"]
                    for path in sorted(folder.glob("*.yaml"))}
        peer = [sys.executable, HERE / "peer.py"]
        commands["pandas and matplotlib, one heat map"] = peer + ["heat-map", "none/cells.csv", "peer.svg"]
        commands["pandas and XlsxWriter, one sheet"] = peer + ["sheet", "none/cells.csv", "peer.xlsx"]
        found = {name: [] for name in commands}
        for round in range(rounds + 1):
            for name, command in commands.items():
                figures = measure(command, folder)
                if round > 0:
                    found[name].append(figures)
    base = statistics.median(cpu for _, cpu in found["mismatch, none"])
    with open(HERE.parent / "Results" / "report.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["what", "rounds", "wall_ms", "cpu_ms", "cpu_ms_beyond_the_run", "machine"])
        for name, figures in found.items():
            wall, cpu = (statistics.median(column) for column in zip(*figures))
            beyond = round_ms(cpu - base) if name.startswith("mismatch") else ""
            rows.writerow([name, rounds, round_ms(wall), round_ms(cpu), beyond, f"{platform.machine()}, 2 cores"])


def round_ms(seconds):
    return f"{1000 * seconds:.1f}"


main()
