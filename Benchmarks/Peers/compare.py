"""Times whole processes, ours and the peers' in turn, checks that all wrote the same cells, and
writes Results/whole_runs.csv. Run by ../run.sh.
"""

import csv
import os
import subprocess
import sys
import time
from statistics import median
from tempfile import TemporaryDirectory

from contenders import MISMATCH, OUT, questions

WARM_UP, COUNTED = 2, 11
TOLERANCE = 1e-9
KEYS = (("area_code", "lad"), ("sector_code", "sector"))
VALUES = (("provision",), ("demand", "vacancies"), ("share_gap_pp",))


class Run:
    """One process from its start to its end: seconds, CPU seconds and peak memory in MB."""

    def __init__(self, command):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"failed with status {process.returncode}: {' '.join(command)}")


def alternate(contenders):
    """Runs all contenders once per round, each round starting with the next of them."""
    runs = [[] for _ in contenders]
    for number in range(WARM_UP + COUNTED):
        for step in range(len(contenders)):
            index = (number + step) % len(contenders)
            run = Run(contenders[index].command)
            if number >= WARM_UP:
                runs[index].append(run)
    return runs


def cells(path):
    """Provision, demand and share gap by area and sector."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        keys, values = (
            [next(name for name in names if name in rows.fieldnames) for names in columns]
            for columns in (KEYS, VALUES)
        )
        return {
            tuple(row[name] for name in keys): [float(row[name]) for name in values] for row in rows
        }


def largest_difference(path, reference):
    """The largest difference from the reference, relative where numbers are above 1."""
    found = cells(path)
    if found.keys() != reference.keys():
        sys.exit(f"{path}: {len(found)} cells, not the same as our {len(reference)}")
    return max(
        abs(a - b) / max(1, abs(b))
        for key in reference
        for a, b in zip(found[key], reference[key])
    )


def rows(question, contenders):
    runs = alternate(contenders)
    reference = contenders[0].cells and cells(contenders[0].cells)
    for contender, own in zip(contenders, runs):
        difference = ""
        if reference:
            difference = largest_difference(contender.cells, reference)
            if difference > TOLERANCE:
                sys.exit(f"{question}: {contender.name} differs from ours by {difference}")
        walls = [run.wall for run in own]
        ratios = [run.wall / ours.wall for run, ours in zip(own, runs[0])]
        yield {
            "question": question,
            "contender": contender.name,
            "version": contender.version,
            "runs": len(own),
            "median_s": round(median(walls), 4),
            "min_s": round(min(walls), 4),
            "max_s": round(max(walls), 4),
            "cpu_median_s": round(median(run.cpu for run in own), 4),
            "ratio": round(median(ratios), 2),
            "ratio_min": round(min(ratios), 2),
            "ratio_max": round(max(ratios), 2),
            "peak_mb": round(max(run.peak for run in own), 1),
            "largest_difference": difference,
        }


def main():
    os.makedirs(OUT, exist_ok=True)
    said = subprocess.run([MISMATCH, "--version"], capture_output=True, text=True, check=True)
    release = said.stdout.split()[-1]
    table = []
    with TemporaryDirectory(dir="/dev/shm") as memory:
        for question, contenders in questions(release, memory).items():
            print(f"{question}: {' / '.join(c.name for c in contenders)}", file=sys.stderr)
            table += rows(question, contenders)
    with open("Results/whole_runs.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    main()
