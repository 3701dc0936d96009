"""Jobs/providers.yaml in pandas with pyarrow: python pandas_job.py INPUTS CELLS"""

import sys

import pandas as pd

inputs, cells = sys.argv[1:]


def read(name, columns=None, texts=()):
    return pd.read_csv(
        f"{inputs}/{name}", usecols=columns, dtype=dict.fromkeys(texts, "string[pyarrow]"),
        engine="pyarrow",
    )


weights = read("provider-sectors.csv", texts=["ukprn", "sector"])
weights["weight"] /= weights.groupby("ukprn")["weight"].transform("sum")

texts = ["year", "provider_name", "learner_home_lad"]
rows = read("provision.csv.gz", columns=[*texts, "achievements"], texts=texts)
rows = rows[rows["year"] == "2022/23"].rename(columns={"learner_home_lad": "lad"})
sums = rows.groupby(["provider_name", "lad"], as_index=False)["achievements"].sum()
sums["ukprn"] = sums["provider_name"].str.extract(r"\((\d{8})\)$", expand=False)
parts = sums.merge(weights, on="ukprn")
parts["provision"] = parts["achievements"] * parts["weight"]
provision = parts.groupby(["lad", "sector"], as_index=False)["provision"].sum()

grid = read("demand.csv", texts=["lad", "sector"]).merge(
    provision, on=["lad", "sector"], how="left"
)
grid["provision"] = grid["provision"].fillna(0.0)
areas = grid.groupby("lad")
grid["provision_share"] = grid["provision"] / areas["provision"].transform("sum")
grid["demand_share"] = grid["vacancies"] / areas["vacancies"].transform("sum")
grid["share_gap_pp"] = 100 * (grid["provision_share"] - grid["demand_share"])
grid.drop(columns="period").sort_values(["lad", "sector"]).to_csv(cells, index=False)
