"""Markets drawn with a seed, as files and jobs of Mismatch and as arrays."""

import csv

import numpy as np

SECTORS = 15


class Market:
    """Places, openings and costs of areas; where commuters go, by distance, for those that commute."""

    def __init__(self, area_count, commutes):
        random = np.random.default_rng(19)
        sizes = random.lognormal(0, 0.5, area_count)[:, None] * (40 if area_count > 1000 else 400)
        mixes = random.dirichlet(np.full(SECTORS, 3.0))
        self.places = random.poisson(sizes * mixes * random.gamma(4, 0.25, (area_count, SECTORS)))
        self.openings = random.poisson(sizes * mixes[::-1] * random.gamma(2, 0.5, (area_count, SECTORS)))
        self.costs = np.round(random.uniform(4000, 20000, SECTORS))
        self.codes = [f"A{number:05}" for number in range(1, area_count + 1)]
        self.flows = None
        if commutes is not None:
            points = random.uniform(0, 400, (area_count, 2))
            distances = np.linalg.norm(points[:, None] - points[None], axis=2)
            self.flows = random.poisson(1000 * np.exp(-distances / commutes))

    def write(self, folder, change, draws, plans):
        """Writes the files and a job."""
        for name, counts in (("provision", self.places), ("demand", self.openings)):
            write(folder / f"{name}.csv", ["area", "sector", "count"],
                  ((code, f"S{sector + 1:02}", counts[area, sector])
                   for area, code in enumerate(self.codes) for sector in range(SECTORS)))
        write(folder / "costs.csv", ["sector", "pounds"],
              ((f"S{sector + 1:02}", int(cost)) for sector, cost in enumerate(self.costs)))
        if self.flows is not None:
            write(folder / "flows.csv", ["home", "work", "people"],
                  ((self.codes[home], self.codes[work], self.flows[home, work])
                   for home, work in zip(*np.nonzero(self.flows))))
        side = "{ kind: KIND, file: SIDE.csv, area: area, category: sector, value: count }"
        space = "" if self.flows is None else (
            "space: { commuting: { file: flows.csv, from: home, to: work, weight: people } }\n")
        (folder / "job.yaml").write_text(
            "provision: " + side.replace("KIND", "people").replace("SIDE", "provision") + "\n"
            + "demand: " + side.replace("KIND", "vacancies").replace("SIDE", "demand") + "\n" + space
            + "commissioning: { unit-costs: { file: costs.csv, sector: sector, cost: pounds }, "
            + f"change: {change}, draws: {draws}, plans: [ {', '.join(plans)} ] }}\n"
            + "output: { folder: out, files: [ commissioning.csv, commissioning_summary.csv, columns.json, "
            + "manifest.json ] }\n")


def write(path, head, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
