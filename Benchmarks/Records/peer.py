"""Counts adverts by area, occupation and month: peer.py duckdb|polars FOLDER OUTPUT. A plain group-by, no checks."""

import glob
import sys

KEYS = ("month", "area_code", "profession")


def duckdb(files, output):
    import duckdb
    keys = ", ".join(KEYS)
    duckdb.sql(
        f"COPY (SELECT {keys}, count(*) AS count FROM read_csv({files}, header = true, all_varchar = true) "
        f"GROUP BY {keys} ORDER BY {keys}) TO '{output}'")


def polars(files, output):
    import polars
    rows = polars.scan_csv(files, infer_schema=False).group_by(KEYS).agg(polars.len().alias("count"))
    rows.collect(engine="streaming").sort(KEYS).write_csv(output)


if __name__ == "__main__":
    name, folder, output = sys.argv[1:]
    {"duckdb": duckdb, "polars": polars}[name](sorted(glob.glob(f"{folder}/demand-*.csv")), output)
