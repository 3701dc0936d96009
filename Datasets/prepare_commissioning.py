#!/usr/bin/env python3
"""Prepare the worked example Datasets/commissioning from published extracts.

    python3 Datasets/prepare_commissioning.py EXTRACTS_DIR

Written to Datasets/commissioning beside this script: areas.csv, provision.csv, demand.csv, costs.csv and travel.csv.
Every figure is copied as published, markers included; starts in travel.csv are summed from districts. sectors.csv is that of Datasets/london; crosswalk.csv is written by
hand and only checked here: every sub-major group but "Unknown" is mapped, and its weights sum to 1.

Standard library only; the same input gives the same bytes.
"""
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

from lsip_figures import CODES, HERE, area_code, read, write

OUT = HERE / "commissioning"

PROVISION = "provision/fe_aims_ssa_ay2324_lsip_ca_england.csv"
DEMAND = ["demand/vacancies_soc2020_jan25_lsip_ca_england.csv", "demand/vacancies_soc2020_jul25_lsip_ca_england.csv"]
TRAVEL = "od/apprenticeship_home_delivery_lad_202223.csv"
DISTRICTS = "lookup/lsip_lad_hierarchy.csv"
OUTSIDE = "Outside of England and unknown"
COSTS = "funding/apprenticeship_cap_by_ssa_starts_2022_23_DERIVED.csv"

NO_SUBJECT = {"Preparation for Life and Work", "Not Applicable/ Not Known"}


def main(extracts):
    sectors = {row["name"]: row["code"] for row in read(HERE / "london" / "sectors.csv")}

    def lsips(path, breakdown):
        return [row for row in read(extracts / path) if row["Area"].endswith(" LSIP") and row["Breakdown"] == breakdown]

    provision = [
        (area_code(row["Area"]), sectors[row["Subgroup"]], row["Period"], row["valueText"])
        for row in lsips(PROVISION, "SSA")
        if row["metric"] == "achievementsAims" and row["Subgroup"] not in NO_SUBJECT
    ]
    demand = [
        (area_code(row["Area"]), row["Subgroup"][:2], row["Period"], row["valueText"])
        for path in DEMAND for row in lsips(path, "Occupation (SOC2020 Sub-Major Group)")
        if row["Subgroup"] != "Unknown"
    ]
    caps = {row["ssa_t1_desc"]: row for row in read(extracts / COSTS) if row["ssa_t2_desc"] == "Total"}
    costs = []
    for name, sector in sectors.items():
        if name in NO_SUBJECT:
            continue
        row = caps.get({"Information and Communication Technology": "Digital Technology"}.get(name, name))
        if row is None or row["mean_cap_gbp"] == "NA":
            costs.append((sector, caps["Total"]["mean_cap_gbp"], "mean of all subjects: no start has a cap"))
        else:
            costs.append((sector, row["mean_cap_gbp"], f"mean cap of {row['starts_with_cap']} starts"))

    # Districts of 2023; their names are those of the starts.
    district = {row["lad_name"]: row["lsip_code"] for row in read(extracts / DISTRICTS)
                if int(row["first_available_year_included"]) <= 2023 <= int(row["most_recent_year_included"])}
    district[OUTSIDE] = OUTSIDE
    starts = defaultdict(int)
    for row in read(extracts / TRAVEL):
        starts[district[row["learner_home_lad"]], district[row["delivery_lad"]]] += int(row["starts"])
    travel = [(*pair, count) for pair, count in sorted(starts.items()) if count > 0]

    weights = defaultdict(Fraction)
    for row in read(OUT / "crosswalk.csv"):
        weights[row["occupation"]] += Fraction(row["weight"])
    groups = {row[1] for row in demand}
    assert set(weights) == groups, (groups - set(weights), set(weights) - groups)
    assert all(weight == 1 for weight in weights.values()), weights

    write(OUT / "areas.csv", ["code", "name"], sorted((code, name) for name, code in CODES.items()))
    write(OUT / "provision.csv", ["area_code", "sector_code", "period", "achievements"], sorted(provision))
    write(OUT / "demand.csv", ["area_code", "occupation", "period", "adverts"], sorted(demand))
    write(OUT / "travel.csv", ["home", "delivery", "starts"], travel)
    write(OUT / "costs.csv", ["sector_code", "pounds", "basis"], sorted(costs))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
