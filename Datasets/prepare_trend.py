#!/usr/bin/env python3
"""Prepare the worked example Datasets/trend from published extracts.

    python3 Datasets/prepare_trend.py EXTRACTS_DIR

Written to Datasets/trend beside this script: areas.csv, occupations.csv, achievements.csv, adverts.csv, employment.csv and
projections.csv. Every figure is copied as published, with the code of its area in the place of its name.

Standard library only; the same input gives the same bytes.
"""
import csv
import gzip
import sys
from pathlib import Path

from lsip_figures import CODES, HERE, area_code, read, write

OUT = HERE / "trend"

ACHIEVEMENTS = "provision/fe_participation_achievements_ay1920_ay2324_lsip_ca_england.csv"
ADVERTS = "demand/adverts_total_monthly_jul2021_jul2025_lsip_ca_england.csv"
EMPLOYMENT = "labour/aps_employment_soc2020_industry_apr2020_mar2025_lsip_ca_england.csv"
PROJECTIONS = "projections/skills_imperative_employment_2010_2035_lsip_ca_england.csv.gz"

OCCUPATION = "Occupation (SOC2020 Sub-Major Group)"
YEARS = [str(year) for year in range(2021, 2031)]


def read_compressed(path):
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main(extracts):
    def wide(rows, keys, columns):
        return [[area_code(row["Area"])] + keys(row) + [row[column] for column in columns] for row in rows]

    def of_plans(rows, **where):
        return [row for row in rows
                if row["Area"].endswith(" LSIP") and all(row[key] == value for key, value in where.items())]

    adverts = of_plans(read(extracts / ADVERTS))
    months = [column for column in adverts[0] if column[-3:-2] == "-"]
    achievements = of_plans(read(extracts / ACHIEVEMENTS), metric="achievements", Breakdown="Total")
    employment = of_plans(read(extracts / EMPLOYMENT), Breakdown=OCCUPATION)
    years = [column for column in employment[0] if column.startswith("Apr 202") and column != "Apr 2020-Mar 2021"]
    projected = of_plans(read_compressed(extracts / PROJECTIONS), Breakdown=OCCUPATION)
    group = lambda row: [row["Subgroup"][:2]]

    assert {len(rows) for rows in (adverts, achievements)} == {38} and len(months) == 49, (len(achievements), months)
    assert len(employment) == len(projected) == 38 * 26, (len(employment), len(projected))

    write(OUT / "areas.csv", ["code", "name"], [(code, name) for name, code in CODES.items()])
    write(OUT / "occupations.csv", ["code", "name"], {(row["Subgroup"][:2], row["Subgroup"][5:]) for row in projected})
    write(OUT / "achievements.csv", ["area_code", "AY23/24"], wide(achievements, lambda row: [], ["AY23/24"]))
    write(OUT / "adverts.csv", ["area_code"] + months, wide(adverts, lambda row: [], months))
    write(OUT / "employment.csv", ["area_code", "occupation"] + years, wide(employment, group, years))
    write(OUT / "projections.csv", ["area_code", "occupation"] + YEARS, wide(projected, group, YEARS))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
