"""Makes the tables, runs all contenders in turn, compares the intervals and writes ../Results/bootstrap.csv."""

import csv
import hashlib
import os
import platform
import subprocess
import sys
import time
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np

AREAS, SECTORS, DRAWS, PYSAL_AREAS = 7264, 15, 1000, 20
FEW = 100  # A second run of ours: what more draws cost is the bootstrap alone.
MISMATCH = os.path.abspath("../../.build/release/mismatch")
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SIDE = "{{{{ kind: {}, file: {}.csv, area: area, category: sector, value: count }}}}"
JOB = "".join(
    f"{line}\n"
    for line in [
        "name: bootstrap",
        "measures: [ dissimilarity ]",
        "intervals: {{ draws: {draws} }}",
        "output: {{ files: [area_indices.csv] }}",
        "provision: " + SIDE.format("people", "provision"),
        "demand: " + SIDE.format("vacancies", "demand"),
    ]
)


def prepare(folder):
    """Counts of 7,264 areas, about 300 people and 200 vacancies in each."""
    generator = np.random.default_rng(7)
    for side, size in (("provision", 300), ("demand", 200)):
        shares = generator.dirichlet(np.ones(SECTORS), AREAS)
        counts = generator.poisson(shares * size) + (np.arange(SECTORS) == 0)
        with open(f"{folder}/{side}.csv", "w", encoding="utf-8") as file:
            file.write("area,sector,count\n")
            for area in range(AREAS):
                for sector in range(SECTORS):
                    file.write(f"E{area:08},S{sector:02},{counts[area, sector]}\n")
    for draws in (DRAWS, FEW):
        with open(f"{folder}/draws-{draws}.yaml", "w", encoding="utf-8") as file:
            file.write(JOB.format(draws=draws))


def timed(command):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read().split()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, *said


def intervals(path, area, lower, upper):
    with open(path, newline="", encoding="utf-8") as file:
        return {
            row[area]: (float(row[lower]), float(row[upper]))
            for row in csv.DictReader(file)
            if row.get("index", "dissimilarity") == "dissimilarity"
        }


def contenders(folder):
    def ours(threads, draws):
        job, out = f"{folder}/draws-{draws}.yaml", f"{folder}/out-{threads}-{draws}"
        return [MISMATCH, "run", job, "--quiet", "--force", f"-j{threads}", "-o", out]

    return {
        **{(n, draws): ours(n, draws) for n in (2, 1) for draws in (DRAWS, FEW)},
        "numpy": [sys.executable, "numpy_bootstrap.py", folder, str(DRAWS)],
        "segregation": [sys.executable, "pysal_bootstrap.py", folder, str(DRAWS), str(PYSAL_AREAS)],
    }


def compare(folder):
    """The same bytes for one thread and two, and intervals that differ from numpy's by chance alone."""
    found = [f"{folder}/out-{threads}-{DRAWS}/area_indices.csv" for threads in (1, 2)]
    if len({hashlib.sha256(open(path, "rb").read()).hexdigest() for path in found}) != 1:
        sys.exit("-j1 and -j2 differ")
    mine = intervals(found[0], "area_code", "sampling_lower", "sampling_upper")
    peer = intervals(f"{folder}/numpy.csv", "area", "lower", "upper")
    distance = np.array([np.subtract(mine[area], peer[area]) for area in peer])
    print(f"ends less numpy's: mean {distance.mean(axis=0)}, spread {distance.std(axis=0)}", file=sys.stderr)


def rows(runs):
    """Wall seconds and CPU seconds of every question, round by round."""
    alone = DRAWS / (DRAWS - FEW)
    for threads in (2, 1):
        pairs = list(zip(runs[threads, DRAWS], runs[threads, FEW]))
        yield f"mismatch -j{threads}, bootstrap alone", AREAS, [
            [alone * (many[i] - few[i]) for i in (0, 1)] for many, few in pairs
        ]
        yield f"mismatch -j{threads}, whole process", AREAS, [run[:2] for run in runs[threads, DRAWS]]
    yield "numpy, bootstrap alone", AREAS, [[float(run[2]), float(run[3])] for run in runs["numpy"]]
    yield "numpy, whole process", AREAS, [run[:2] for run in runs["numpy"]]
    yield "segregation, bootstrap alone", PYSAL_AREAS, [
        [float(run[2]), float(run[3])] for run in runs["segregation"]
    ]


def main():
    with TemporaryDirectory(dir="/dev/shm") as folder:
        prepare(folder)
        runs = {}
        for _ in range(ROUNDS):
            for name, command in contenders(folder).items():
                runs.setdefault(name, []).append(timed(command))
                print(name, *(round(x, 3) for x in runs[name][-1][:2]), file=sys.stderr)
        compare(folder)
    table = list(rows(runs))
    reference = {name.split(", ")[1]: own for name, _, own in table if "-j2" in name}
    with open("../Results/bootstrap.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["contender", "areas", "sectors", "draws", "rounds", "median_s", "min_s", "max_s",
             "cpu_median_s", "ratio", "machine", "load"]
        )
        for name, areas, own in table:
            walls = [run[0] for run in own]
            # Over ours on two threads in the same round, for as many areas.
            ratio = median(
                wall * AREAS / areas / two[0] for wall, two in zip(walls, reference[name.split(", ")[1]])
            )
            numbers = [median(walls), min(walls), max(walls), median(run[1] for run in own)]
            writer.writerow(
                [name, areas, SECTORS, DRAWS, ROUNDS, *(round(x, 3) for x in numbers), round(ratio, 1),
                 f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores",
                 round(os.getloadavg()[0], 1)]
            )


if __name__ == "__main__":
    main()
