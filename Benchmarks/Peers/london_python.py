"""Datasets/london/job.yaml in plain Python: python london_python.py FOLDER CELLS"""

import csv
import sys
from collections import defaultdict

folder, cells = sys.argv[1:]


def read(name):
    with open(f"{folder}/{name}", newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def counts(side, key, value, period, crosswalk):
    """Counts by area and sector; a marker stands for 2, the middle of 0..4."""
    sectors = defaultdict(list)
    for row in read(crosswalk):
        sectors[row[key]].append((row["sector_code"], float(row["weight"])))
    sums = defaultdict(float)
    for row in read(f"{side}.csv"):
        if row["period"] == period:
            count = 2.0 if row[value] in ("NA", "[x]") else float(row[value])
            for sector, weight in sectors[row[key]]:
                sums[row["area_code"], sector] += count * weight
    return sums


areas = [row["code"] for row in read("areas.csv")]
sectors = [row["code"] for row in read("sectors.csv") if row["code"] != "14"]
provision = counts("provision", "subject", "achievements", "2021/22", "subjects.csv")
demand = counts("demand", "profession", "adverts", "Dec 22", "crosswalk.csv")

with open(cells, "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(["area_code", "sector_code", "provision", "demand", "share_gap_pp"])
    for area in areas:
        trained = sum(provision[area, sector] for sector in sectors)
        sought = sum(demand[area, sector] for sector in sectors)
        for sector in sectors:
            p, d = provision[area, sector], demand[area, sector]
            writer.writerow([area, sector, p, d, 100 * (p / trained - d / sought)])
