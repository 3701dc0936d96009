"""Jobs/grid.yaml in polars: python polars_grid.py INPUTS CELLS

Reads, aligns, calculates shares and gap, and writes the columns of cells.csv. Intervals, p-values and calls, which
ours calculates, are empty columns here.
"""

import sys

import polars as pl

inputs, cells = sys.argv[1:]


def side(name):
    return pl.scan_csv(
        f"{inputs}/grid-{name}.csv", schema_overrides={"area": pl.String, "sector": pl.String}
    ).rename({"count": name})


def figure(name, value):
    """A value with its bounds and its status, which are the value and nothing where counts are exact."""
    bounds = [value.alias(f"{name}_{end}") for end in ("lower", "upper")]
    return [value.alias(name), *bounds, pl.lit("").alias(f"{name}_status")]


shares = {name: pl.col(name) / pl.col(name).sum().over("area") for name in ("provision", "demand")}
empty = pl.lit(None, pl.Float64)
(
    side("provision")
    .join(side("demand"), on=["area", "sector"], how="full", coalesce=True)
    .with_columns(pl.col("provision", "demand").fill_null(0))
    .sort("area", "sector")
    .select(
        pl.lit("all").alias("period"),
        pl.col("area").alias("area_code"),
        pl.col("area").alias("area_name"),
        pl.col("sector").alias("sector_code"),
        pl.col("sector").alias("sector_name"),
        *figure("provision", pl.col("provision")),
        *figure("demand", pl.col("demand")),
        *figure("provision_share", shares["provision"]),
        *figure("demand_share", shares["demand"]),
        *figure("share_gap_pp", 100 * (shares["provision"] - shares["demand"])),
        empty.alias("share_gap_pp_combined_lower"),
        empty.alias("share_gap_pp_combined_upper"),
        empty.alias("p_adjusted"),
        pl.lit("").alias("call"),
    )
    .collect()
    .write_csv(cells)
)
