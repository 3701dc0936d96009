"""Tallies by Spark Connect, which has neither a Spark context nor RDDs."""
from __future__ import annotations

import sys
from pathlib import Path

import spark_support as of
from pyspark.sql import SparkSession
from support import Points, fresh, records


def main(work: Path) -> None:
    points = Points("Spark Connect 4.0")
    work = fresh(work / "connect")
    job = records(work / "records", 404_000, 4)
    files = sorted(job.parent.glob("demand-*.csv"))
    spark = SparkSession.builder.remote("local[2]").config("spark.ui.enabled", "false").config(
        "spark.ui.showConsoleProgress", "false").getOrCreate()
    spark.conf.set(*of.BATCHES)
    spark.read.csv([str(path) for path in files], header=True).write.parquet(str(work / "parquet"))
    of.whole_runs(points, spark, job, files, work / "parquet", work)
    of.bad_row(points, spark, work)
    of.duplicates(points, spark)
    spark.stop()
    points.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
