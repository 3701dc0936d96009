"""Jobs/providers.yaml in polars: python polars_job.py INPUTS CELLS"""

import sys

import polars as pl

inputs, cells = sys.argv[1:]
weight, count, vacancies = pl.col("weight"), pl.col("achievements"), pl.col("vacancies")

weights = pl.scan_csv(
    f"{inputs}/provider-sectors.csv", schema_overrides={"ukprn": pl.String}
).with_columns(weight / weight.sum().over("ukprn"))
provision = (
    pl.scan_csv(f"{inputs}/provision.csv.gz")
    .filter(pl.col("year") == "2022/23")
    .group_by("provider_name", lad="learner_home_lad")
    .agg(count.sum())
    .with_columns(ukprn=pl.col("provider_name").str.extract(r"\((\d{8})\)$"))
    .join(weights, on="ukprn")
    .group_by("lad", "sector")
    .agg(provision=(count * weight).sum())
)
(
    pl.scan_csv(f"{inputs}/demand.csv")
    .join(provision, on=["lad", "sector"], how="left")
    .with_columns(pl.col("provision").fill_null(0.0))
    .with_columns(
        provision_share=pl.col("provision") / pl.col("provision").sum().over("lad"),
        demand_share=vacancies / vacancies.sum().over("lad"),
    )
    .select(
        "lad", "sector", "provision", "vacancies", "provision_share", "demand_share",
        share_gap_pp=100 * (pl.col("provision_share") - pl.col("demand_share")),
    )
    .sort("lad", "sector")
    .collect()
    .write_csv(cells)
)
