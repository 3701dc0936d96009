"""Datasets/london/job.yaml in polars: python london_polars.py FOLDER CELLS"""

import sys

import polars as pl

folder, cells = sys.argv[1:]


def read(name):
    return pl.scan_csv(f"{folder}/{name}", infer_schema=False)


def counts(side, key, value, period, crosswalk):
    """Counts by area and sector; a marker stands for 2, the middle of 0..4."""
    count = pl.col(value).replace(["NA", "[x]"], "2").cast(pl.Float64)
    weights = read(crosswalk).select(key, "sector_code", pl.col("weight").cast(pl.Float64))
    return (
        read(f"{side}.csv")
        .filter(pl.col("period") == period)
        .join(weights, on=key)
        .group_by("area_code", "sector_code")
        .agg((count * pl.col("weight")).sum().alias(side))
    )


def share(side):
    return pl.col(side) / pl.col(side).sum().over("area_code")


keys = ["area_code", "sector_code"]
grid = (
    read("areas.csv")
    .select(area_code="code")
    .join(read("sectors.csv").select(sector_code="code"), how="cross")
    .filter(pl.col("sector_code") != "14")
)
for side in (
    counts("provision", "subject", "achievements", "2021/22", "subjects.csv"),
    counts("demand", "profession", "adverts", "Dec 22", "crosswalk.csv"),
):
    grid = grid.join(side, on=keys, how="left")
(
    grid.fill_null(0.0)
    .with_columns(share_gap_pp=100 * (share("provision") - share("demand")))
    .sort(keys)
    .collect()
    .write_csv(cells)
)
