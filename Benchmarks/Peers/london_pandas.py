"""Datasets/london/job.yaml in pandas: python london_pandas.py FOLDER CELLS"""

import sys

import pandas as pd

folder, cells = sys.argv[1:]


def read(name):
    return pd.read_csv(f"{folder}/{name}", dtype=str, keep_default_na=False)


def counts(side, key, value, period, crosswalk):
    """Counts by area and sector; a marker stands for 2, the middle of 0..4."""
    rows = read(f"{side}.csv")
    parts = rows[rows["period"] == period].merge(read(crosswalk), on=key)
    parts[side] = parts[value].replace(["NA", "[x]"], "2").astype(float)
    parts[side] *= parts["weight"].astype(float)
    return parts.groupby(["area_code", "sector_code"], as_index=False)[side].sum()


def share(side):
    return grid[side] / grid.groupby("area_code")[side].transform("sum")


keys = ["area_code", "sector_code"]
sectors = read("sectors.csv")[["code"]].rename(columns={"code": "sector_code"})
areas = read("areas.csv")[["code"]].rename(columns={"code": "area_code"})
grid = areas.merge(sectors[sectors["sector_code"] != "14"], how="cross")
for side in (
    counts("provision", "subject", "achievements", "2021/22", "subjects.csv"),
    counts("demand", "profession", "adverts", "Dec 22", "crosswalk.csv"),
):
    grid = grid.merge(side, on=keys, how="left")
grid[["provision", "demand"]] = grid[["provision", "demand"]].fillna(0.0)
grid["share_gap_pp"] = 100 * (share("provision") - share("demand"))
grid.sort_values(keys).to_csv(cells, index=False)
