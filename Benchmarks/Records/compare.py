"""Times adverts, one a row, whole processes in turn, and writes ../Results/records.csv: compare.py FOLDER [ROUNDS].

The folder holds what prepare.py wrote. Ours are the tally of all files, with all checks of a reading, the run on the
files, and the run on the tally; DuckDB and Polars count the same rows by area, occupation and month. All counts are
compared with each other.
"""

import csv
import glob
import os
import subprocess
import sys
import time
from statistics import median

HERE = os.path.dirname(os.path.abspath(__file__))
MISMATCH = os.environ.get("MISMATCH", os.path.join(HERE, "../../.build/release/mismatch"))


def contenders(folder):
    """Name, task, threads and command of each."""
    job, tally = f"{folder}/job.yaml", f"{folder}/tally.csv.gz"
    for threads in ("2", "1"):
        jobs = ["--jobs", threads]
        yield "mismatch", "tally", threads, [MISMATCH, "tally", job, "--side", "demand", *jobs, "-o", tally]
        yield "mismatch", "run", threads, [MISMATCH, "run", job, *jobs, "--quiet", "-o", f"{folder}/out"]
        yield "mismatch", "run on the tally", threads, [
            MISMATCH, "run", job, "--tallies", tally, *jobs, "--quiet", "-o", f"{folder}/tallied"]
        for name in ("duckdb", "polars"):
            yield name, "group-by", threads, [
                sys.executable, f"{HERE}/peer.py", name, folder, f"{folder}/{name}.csv"]


def run(command, threads):
    start = time.perf_counter()
    process = subprocess.Popen(["taskset", "-c", f"0-{int(threads) - 1}", *command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: status {process.returncode}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def tallied(folder):
    """Counts by period, area and category."""
    text = subprocess.run([MISMATCH, "merge", f"{folder}/tally.csv.gz"], check=True, stdout=subprocess.PIPE, text=True)
    rows = csv.DictReader(text.stdout.splitlines())
    return {(row["period"], row["area"], row["category"]): int(row["figures"]) for row in rows if row["record"] == "cell"}


def counted(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {tuple(row[:3]): int(row[3]) for row in list(csv.reader(file))[1:]}


def verify(folder):
    """Makes sure that all have the same counts."""
    ours = tallied(folder)
    for name in ("duckdb", "polars"):
        assert counted(f"{folder}/{name}.csv") == ours, f"{name}: other counts"
    groups = {}
    for (period, area, category), count in ours.items():
        groups[period, area, category[0]] = groups.get((period, area, category[0]), 0) + count
    with open(f"{folder}/out/cells.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = row["period"], row["area_code"], row["sector_code"]
            assert float(row["demand"]) == groups.get(key, 0), key
    for name in ("cells.csv", "areas.csv"):
        with open(f"{folder}/out/{name}", "rb") as one, open(f"{folder}/tallied/{name}", "rb") as other:
            assert one.read() == other.read(), f"{name}: the run on the tally has other bytes"


def main(folder, rounds=3):
    folder = os.path.abspath(folder)
    rows = list(contenders(folder))
    runs = [[] for _ in rows]
    for _ in range(int(rounds)):
        for index, (_, _, threads, command) in enumerate(rows):
            runs[index].append(run(command, threads))
    verify(folder)
    size = sum(os.path.getsize(path) for path in glob.glob(f"{folder}/demand-*.csv"))
    with open(os.environ.get("RESULT", f"{HERE}/../Results/records.csv"), "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["megabytes", "contender", "task", "threads", "median_s", "min_s", "max_s", "cpu_s", "peak_mb"])
        for (name, task, threads, _), own in zip(rows, runs):
            walls = [each[0] for each in own]
            table.writerow([
                size // 1_000_000, name, task, threads, *(round(f(walls), 2) for f in (median, min, max)),
                round(median(each[1] for each in own), 2), round(max(each[2] for each in own), 1)])


if __name__ == "__main__":
    main(*sys.argv[1:])
