"""Tallies made by Spark: every task counts its rows with the `mismatch` executable, and one machine does the rest.

    import mismatch_spark as ms
    adverts = spark.table("catalog.schema.adverts").select("advert_id", "month", "area_code", "profession")
    ms.run("job.yaml", "out", ms.tally(adverts, "job.yaml", "demand", "adverts"))

Only the DataFrame API is used, for Spark 3.5 and Spark Connect 4.0. What the data are to blame for (exit status 64, 65)
comes back as a row and is raised once, for all shards together, before anything is written. What another attempt may
mend is raised in the task, so that Spark tries again; the same rows give the same bytes.
"""
from __future__ import annotations

import contextlib
import csv
import gzip
import io
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SCHEMA = "shard string, rows long, error string, payload binary"
_FIELDS = pa.schema([("shard", pa.string()), ("rows", pa.int64()), ("error", pa.string()), ("payload", pa.binary())])

Send = Callable[[IO[bytes]], int]


class TallyError(Exception):
    """What is wrong with the rows or with the job, in all shards."""


def executable() -> str:
    """The path of `mismatch`: that of MISMATCH, of the wheel, or of the PATH; FileNotFoundError where there is none."""
    with contextlib.suppress(ImportError):
        from mismatch_engine import executable as packaged
        return packaged()
    found = os.environ.get("MISMATCH") or shutil.which("mismatch")
    if not found:
        raise FileNotFoundError("no mismatch executable: install mismatch-engine, or set MISMATCH to its path")
    return found


def tally(df: DataFrame, job: str | Path, side: str, source: str, check_unique: Sequence[str] = ()) -> DataFrame:
    """The tallies of a DataFrame's partitions, as rows of SCHEMA that are made when they are asked for.

    df: the columns that the job names for the side; tasks see the text of the job and none of its files.
    source: what the rows are; with the number of a partition behind it, the name of a shard.
    check_unique: columns that no two rows may share, such as month and advert_id; Spark looks for those that do at once.
    """
    if check_unique:
        shared = df.groupBy(*check_unique).count().where("count > 1").limit(5).collect()
        if shared:
            raise TallyError(f"{source}: rows share {', '.join(check_unique)}: {[tuple(row) for row in shared]}")
    text = Path(job).read_text(encoding="utf-8")

    def partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext
        first = next(batches, None)
        if first is not None:
            shard = f"{source}/{TaskContext.get().partitionId():05d}"
            yield _tallied(text, side, shard, "-", lambda stdin: _send(first, batches, stdin))

    return df.mapInArrow(partition, SCHEMA)


def tally_files(spark: SparkSession, paths: Iterable[str | Path], job: str | Path, side: str) -> DataFrame:
    """The tallies of files that every task can open, a task for each, the largest first; rows of SCHEMA."""
    names = sorted(map(str, paths), key=lambda name: (-os.path.getsize(name) if os.path.exists(name) else 0, name))
    text = Path(job).read_text(encoding="utf-8")

    def files(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                yield _tallied(text, side, names[number], names[number])

    return spark.range(0, len(names), 1, max(1, len(names))).mapInArrow(files, SCHEMA)


def gather(partials: DataFrame, folder: str | Path, fan_in: int = 32) -> list[str]:
    """Makes the tallies, adds them up in tasks until there are no more than `fan_in`, and writes these in a folder.

    Returns their paths. Raises TallyError with the messages of all shards, and writes nothing then. Up to `fan_in` shards
    stay as they are, so that `explain` says which of them hold a cell.
    """
    tallies = partials.persist()
    try:
        count = partials.count()
        _raise(partials.select("shard", "error").where("error is not null").collect())
        while count > fan_in:
            count = -(-count // fan_in)
            tallies = tallies.repartition(count).mapInArrow(_merged, SCHEMA)
        rows = sorted(tallies.collect(), key=lambda row: row.shard)
    finally:
        partials.unpersist()
    _raise([row for row in rows if row.error is not None])
    if not rows:
        raise TallyError("there are no rows to tally")
    paths = [str(Path(folder, f"tally-{number:04d}.csv.gz")) for number in range(len(rows))]
    os.makedirs(folder, exist_ok=True)
    for path, row in zip(paths, rows):
        Path(f"{path}.part").write_bytes(row.payload)
    for old in Path(folder).glob("tally-*.csv.gz"):
        old.unlink()
    for path in paths:
        os.replace(f"{path}.part", path)
    return paths


def run(job: str | Path, output: str | Path | None, *partials: DataFrame, folder: str | Path | None = None) -> str:
    """`mismatch run` on this machine: sides of `partials` from their tallies, others from their files.

    Keeps the tallies in `folder`, if there is one, for `explain --tallies`. Returns what the run says.
    """
    with tempfile.TemporaryDirectory() as scratch:
        sides = enumerate(partials)
        tallies = [path for number, one in sides for path in gather(one, Path(folder or scratch, str(number)))]
        where = [] if output is None else ["-o", str(output)]
        command = [executable(), "run", str(job), *where, "--tallies", *tallies]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise (TallyError if done.returncode in (2, 64, 65) else OSError)(done.stderr.strip())
    return done.stdout


def _raise(rows: Iterable) -> None:
    errors = [row.error for row in sorted(rows, key=lambda row: row.shard)]
    if errors:
        raise TallyError("\n".join(errors))


def _tallied(job: str, side: str, shard: str, path: str, send: Send | None = None) -> pa.RecordBatch:
    """The row of one shard, which is read from a file or is what `send` writes."""
    with tempfile.TemporaryDirectory() as folder:
        job_path, tally_path = Path(folder, "job.yaml"), Path(folder, "tally.csv.gz")
        job_path.write_text(job, encoding="utf-8")
        sent, error = _call(
            ["tally", str(job_path), "--side", side, "--input", path, "--shard", shard, "-o", str(tally_path)], send)
        payload = None if error is not None else tally_path.read_bytes()
    rows = 0 if payload is None else _row_count(payload)
    if error is None and sent is not None and sent != rows:
        error, payload = f"{shard}: {sent} rows were sent and {rows} were read", None
    return _row(shard, rows, error.replace(f"{folder}/", "") if error else None, payload)


def _merged(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One row for all rows of a partition."""
    rows = [row for batch in batches for row in batch.to_pylist()]
    faulty = [row for row in rows if row["error"] is not None]
    if faulty or len(rows) < 2:
        yield from (_row(**row) for row in faulty or rows)
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.csv.gz") for number in range(len(rows))]
        for path, row in zip(paths, rows):
            path.write_bytes(row["payload"])
        whole = Path(folder, "whole.csv.gz")
        _, error = _call(["merge", *map(str, paths), "-o", str(whole)])
        payload = None if error is not None else whole.read_bytes()
    yield _row(min(row["shard"] for row in rows), sum(row["rows"] for row in rows), error, payload)


def _call(arguments: list[str], send: Send | None = None) -> tuple[int | None, str | None]:
    """How many rows were sent to the executable, and what it says against the data; OSError for all else."""
    stdin = subprocess.PIPE if send else subprocess.DEVNULL
    with tempfile.TemporaryFile() as said:
        command = [executable(), *arguments]
        with subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=said) as process:
            sent = send(process.stdin) if send else None
        said.seek(0)
        message = said.read().decode("utf-8", "replace").strip().removeprefix("mismatch: ")
    if process.returncode not in (0, 64, 65):
        raise OSError(f"mismatch {arguments[0]} ended with status {process.returncode}: {message}")
    return sent, message if process.returncode else None


def _send(first: pa.RecordBatch, others: Iterator[pa.RecordBatch], stdin: IO[bytes]) -> int:
    """Writes an Arrow stream, whose end says that it is whole; a reader that stops early says why by its status."""
    count = 0
    try:
        stream = pa.ipc.new_stream(stdin, first.schema)
        for batch in itertools.chain([first], others):
            count += batch.num_rows
            stream.write_batch(batch)
        stream.close()
    except BrokenPipeError:
        count += sum(batch.num_rows for batch in others)
    finally:
        with contextlib.suppress(BrokenPipeError):
            stdin.close()
    return count


def _row_count(payload: bytes) -> int:
    """The rows of a tally's inputs, which stand at its beginning."""
    with gzip.open(io.BytesIO(payload), "rt", encoding="utf-8", newline="") as lines:
        head = itertools.takewhile(lambda line: line.startswith(("record,", "tally,", "input,")), lines)
        return sum(int(row[6] or 0) for row in csv.reader(head) if row[0] == "input")


def _row(shard: str, rows: int, error: str | None, payload: bytes | None) -> pa.RecordBatch:
    row = {"shard": shard, "rows": rows, "error": error, "payload": payload}
    return pa.RecordBatch.from_pylist([row], schema=_FIELDS)
