"""Tallies by Spark as a cluster of two executors on this machine."""
from __future__ import annotations

import os
import sys
from pathlib import Path

import mismatch_spark as ms
import pyspark
import spark_support as of
from pyspark.sql import SparkSession
from support import Points, fresh, records


def session() -> SparkSession:
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    builder = SparkSession.builder.master("local-cluster[2,1,2048]").appName("mismatch")
    settings = {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.executor.memory": "1g", "spark.driver.memory": "1g",
        "spark.executorEnv.MISMATCH": os.environ["MISMATCH"], "spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"],
        of.BATCHES[0]: of.BATCHES[1],
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    return spark


def cpu() -> float:
    """Seconds of CPU that this process and all that it has started have used so far."""
    ticks = 0
    for process in [os.getpid(), *of.descendants()]:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(map(int, fields[11:15]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def main(work: Path) -> None:
    points = Points("Spark 3.5")
    work = fresh(work / "classic")
    job = records(work / "records", 4_000_400, 8)
    files = sorted(job.parent.glob("demand-*.csv"))
    spark = session()
    spark.read.csv([str(path) for path in files], header=True).write.parquet(str(work / "parquet"))
    done = of.whole_runs(points, spark, job, files, work / "parquet", work)

    def by_files():
        return ms.tally_files(spark, files, job, "demand")

    def by_rows():
        return ms.tally(spark.read.parquet(str(work / "parquet")).select(*of.COLUMNS), job, "demand", "adverts")

    start = cpu()
    expected = of.partials(by_files())
    points.note(f"files take {cpu() - start:.1f} s of CPU in Spark, and {done.cpu:.1f} by one tally")
    of.disturbed(points, "files, an executor", "CoarseGrainedExecutorBackend", by_files, expected)
    of.disturbed(points, "files, a Python daemon", "pyspark.daemon", by_files, expected)
    of.disturbed(points, "files, a tally", f"{os.environ['MISMATCH']} tally", by_files, expected)
    expected = of.partials(by_rows())
    of.disturbed(points, "rows, an executor", "CoarseGrainedExecutorBackend", by_rows, expected)
    of.disturbed(points, "rows, a tally", f"{os.environ['MISMATCH']} tally", by_rows, expected)
    of.bad_row(points, spark, work)
    of.duplicates(points, spark)
    spark.stop()
    points.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
