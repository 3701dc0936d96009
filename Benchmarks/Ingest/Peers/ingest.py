"""One peer reads the demand file: ingest.py PEER TASK FILE THREADS [ANSWER].

TASK `group`: counts by area and sector, no more. TASK `whole`: also the table of 7,264 x 412, beside the
other side's, what of the published total it holds, and the dissimilarity of each area. ANSWER takes the
table's digest (`whole`).
"""

import hashlib
import sys

peer, task, path, threads = sys.argv[1:5]
KEYS = ["GEOGRAPHY_CODE", "OCCUPATION_CODE"]
COLUMNS = KEYS + ["MEASURES_NAME", "OBS_VALUE", "OBS_STATUS"]


def with_polars():
    import polars as pl

    if path.endswith(".gz"):
        frame = pl.read_csv(path, columns=COLUMNS, schema_overrides={key: pl.String for key in KEYS}).lazy()
    else:
        frame = pl.scan_csv(path, schema_overrides={key: pl.String for key in KEYS}).select(COLUMNS)
    kept = frame.filter((pl.col("MEASURES_NAME") == "Value") & (pl.col("OBS_STATUS") == "A"))
    sums = kept.group_by(KEYS).agg(pl.col("OBS_VALUE").sum()).collect(engine="streaming")
    return [sums[name].to_numpy() for name in KEYS + ["OBS_VALUE"]]


def with_duckdb():
    import duckdb

    duckdb.sql(f"set threads = {threads}")
    types = ", ".join(f"'{key}': 'VARCHAR'" for key in KEYS)
    sums = duckdb.sql(
        f"select {', '.join(KEYS)}, sum(OBS_VALUE) as n from read_csv('{path}', types = {{{types}}})"
        " where MEASURES_NAME = 'Value' and OBS_STATUS = 'A' group by all").fetchnumpy()
    return [sums[name] for name in KEYS + ["n"]]


def with_pandas():
    import pandas as pd

    frame = pd.read_csv(path, usecols=COLUMNS, dtype={name: "category" for name in COLUMNS if name != "OBS_VALUE"})
    kept = frame[(frame.MEASURES_NAME == "Value") & (frame.OBS_STATUS == "A")]
    sums = kept.groupby(KEYS, observed=True).OBS_VALUE.sum().reset_index()
    return [sums[name].to_numpy() for name in KEYS + ["OBS_VALUE"]]


def with_pyarrow():
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.csv as csv

    pa.set_cpu_count(int(threads))
    types = {name: pa.dictionary(pa.int32(), pa.string()) for name in COLUMNS if name != "OBS_VALUE"}
    table = csv.read_csv(
        path, read_options=csv.ReadOptions(use_threads=threads != "1"),
        convert_options=csv.ConvertOptions(include_columns=COLUMNS, column_types=types)).unify_dictionaries()
    kept = table.filter(
        pc.and_(pc.equal(table["MEASURES_NAME"], "Value"), pc.equal(table["OBS_STATUS"], "A")))
    sums = kept.group_by(KEYS).aggregate([("OBS_VALUE", "sum")])
    codes = [sums[key].combine_chunks().cast(pa.string()).to_numpy(zero_copy_only=False) for key in KEYS]
    return codes + [sums["OBS_VALUE_sum"].to_numpy()]


def table(areas, sectors, counts, shape):
    import numpy as np

    rows = np.unique(np.asarray(areas, dtype="U9"), return_inverse=True)[1]
    columns = np.unique(np.asarray(sectors, dtype="U4"), return_inverse=True)[1]
    demand = np.zeros(shape)
    demand[rows, columns] = counts
    return demand


def main():
    areas, sectors, counts = globals()[f"with_{peer}"]()
    assert len(counts) == 7264 * 412
    if task == "group":
        return
    import numpy as np

    demand = table(areas, sectors, counts, (7264, 412))
    provision = np.zeros_like(demand)
    place = np.arange(7264)
    provision[place, place % 412] = 10 + place % 50
    assert demand.sum() == float(np.sum(counts))
    gaps = provision / provision.sum(axis=1, keepdims=True) - demand / demand.sum(axis=1, keepdims=True)
    dissimilarity = np.abs(gaps).sum(axis=1) / 2
    print(dissimilarity.sum(), demand.sum())
    if len(sys.argv) > 5:
        with open(sys.argv[5], "w", encoding="utf-8") as file:
            file.write(hashlib.sha256(demand.tobytes()).hexdigest())


if __name__ == "__main__":
    main()
