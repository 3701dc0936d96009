"""Times plans of Mismatch, draws included, beside HiGHS making the same plans once, and compares what they match:
compare.py EXECUTABLE ROUNDS."""

import csv
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import highs
from markets import Market

HERE = pathlib.Path(__file__).parent
# Areas, kilometres of commuting, limit on change, draws, plans, those that HiGHS makes.
CASES = [
    ("7,264 areas, free", 7264, None, "free", 200, ["national-template", "local", "local-smoothed"],
     {"national-template": lambda market: highs.template(market), "local": lambda market: highs.best(market, None)}),
    ("7,264 areas, change 20 %", 7264, None, "20 %", 200, ["national-template", "local", "local-smoothed"],
     {"local": lambda market: highs.best(market, 0.2)}),
    ("309 areas commute, change 20 %", 309, 20, "20 %", 200,
     ["national-template", "local", "local-smoothed", "commuting"],
     {"commuting": lambda market: highs.best(market, 0.2, reach(market))}),
    ("309 areas commute, free", 309, 20, "free", 0,
     ["national-template", "local", "local-smoothed", "commuting"],
     {"commuting": lambda market: highs.best(market, None, reach(market))}),
]


def reach(market):
    return market.flows / market.flows.sum(axis=1, keepdims=True)


def used():
    """Seconds of processors, of this process and of those that it ran."""
    return sum(each.ru_utime + each.ru_stime
               for each in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def timed(work):
    """Seconds on the clock and of processors, and the result."""
    start, before = time.perf_counter(), used()
    result = work()
    return (time.perf_counter() - start, used() - before), result


def main():
    executable, rounds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    found = []
    for name, areas, commutes, change, draws, plans, peers in CASES:
        market = Market(areas, commutes)
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            market.write(folder, change, draws, plans)
            command = [executable, "run", "job.yaml", "--quiet"]
            own, other = [], []
            for _ in range(rounds):
                own.append(timed(lambda: subprocess.run(command, cwd=folder, check=True))[0])
                seconds, matched = timed(lambda: {plan: peer(market) for plan, peer in peers.items()})
                other.append(seconds)
            with open(folder / "out" / "commissioning_summary.csv") as file:
                summary = {row["plan"]: float(row["matched"]) for row in csv.DictReader(file)
                           if row["scored_on"] == row["period"]}
        worst = max(abs(summary[plan] / value - 1) for plan, value in matched.items())
        assert worst < 1e-6, (name, summary, matched)
        medians = [[f"{statistics.median(column):.2f}" for column in zip(*times)] for times in (own, other)]
        found.append([name, draws, rounds, *medians[0], " and ".join(peers), *medians[1], f"{worst:.1e}",
                      f"{platform.machine()}, 2 cores"])
        print(*found[-1], sep=", ", flush=True)
    with open(HERE.parent / "Results" / "commissioning.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["case", "draws", "rounds", "mismatch_s", "mismatch_cpu_s", "highs_plans", "highs_s",
                       "highs_cpu_s", "relative_difference", "machine"])
        rows.writerows(found)


main()
