"""How often the interval of what local choice adds holds what it adds to a count that nobody has seen, in worlds whose
rates are known: coverage.py EXECUTABLE WORLDS.

A world has 40 areas and 8 sectors. Rates are size x sector share x gamma factors of variance `difference`; the counts
of two periods are Poisson draws of the same rates. All worlds of a setting are one job each; the first period decides.
"""

import concurrent.futures
import csv
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

from markets import write

HERE = pathlib.Path(__file__).parent
AREAS, SECTORS = 40, 8
JOB = """provision: { kind: people, file: provision.csv, area: area, category: sector, period: period, value: count }
demand: { kind: vacancies, file: demand.csv, area: area, category: sector, period: period, value: count }
commissioning: { unit-costs: { file: costs.csv, sector: sector, cost: pounds }, change: CHANGE, score-on: [ "2022" ],
  plans: [ national-template, local, local-smoothed ], draws: 200 }
output: { folder: out, files: [ commissioning_summary.csv ] }
"""


def world(executable, number, difference, size, change):
    """What local and smoothed local plans add to a template in the second period, with their intervals."""
    random = np.random.default_rng([number, int(1000 * difference), size])
    shares = np.arange(1, SECTORS + 1) / SECTORS
    factors = random.gamma(1 / difference, difference, (AREAS, SECTORS)) if difference > 0 else 1
    rates = size * shares * np.ones((AREAS, 1)) * factors
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        counts = {"2021": random.poisson(rates), "2022": random.poisson(rates)}
        places = 1 + random.poisson(size / 2, (AREAS, SECTORS))
        for name, of in (("demand", counts), ("provision", {period: places for period in counts})):
            write(folder / f"{name}.csv", ["area", "period", "sector", "count"],
                  ((f"A{area + 100}", period, f"S{sector + 1}", table[area, sector])
                   for period, table in of.items() for area in range(AREAS) for sector in range(SECTORS)))
        write(folder / "costs.csv", ["sector", "pounds"], ((f"S{sector + 1}", 1000 + 300 * sector) for sector in range(SECTORS)))
        (folder / "job.yaml").write_text(JOB.replace("CHANGE", change))
        subprocess.run([executable, "run", "job.yaml", "--quiet", "--jobs", "1"], cwd=folder, check=True)
        with open(folder / "out" / "commissioning_summary.csv") as file:
            rows = {(row["scored_on"], row["plan"]): row for row in csv.DictReader(file)}
    found = {}
    for plan in ("local", "local-smoothed"):
        drawn = rows["draws", plan]
        found[plan] = [float(rows[period, plan]["gain_over_template"]) for period in ("2021", "2022")] + [
            float(drawn[f"gain_over_template{end}"]) for end in ("", "_lower", "_upper")]
    return found


def main():
    executable, worlds = pathlib.Path(sys.argv[1]).resolve(), int(sys.argv[2])
    with open(HERE / "coverage.csv", "w", newline="") as file, concurrent.futures.ThreadPoolExecutor(2) as pool:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["difference", "size", "change", "plan", "worlds", "covered", "mean_gain_in_sample",
                        "mean_gain_next_period", "mean_gain_of_draws", "above_0"])
        for difference in (0, 0.05, 0.3):
            for size in (3, 20):
                for change in ("free", "20 %"):
                    found = list(pool.map(lambda number: world(executable, number, difference, size, change), range(worlds)))
                    for plan in ("local", "local-smoothed"):
                        gains = np.array([each[plan] for each in found])
                        covered = np.mean((gains[:, 3] <= gains[:, 1]) & (gains[:, 1] <= gains[:, 4]))
                        means = gains.mean(axis=0)
                        row = [difference, size, change, plan, worlds, f"{covered:.3f}"]
                        row += [f"{mean:.1f}" for mean in means[:3]] + [f"{np.mean(gains[:, 3] > 0):.3f}"]
                        table.writerow(row)
                        print(*row, sep=", ", flush=True)


main()
