"""The engine Mismatch for Python: runs jobs, reads their results, and makes tallies, by the executable in this package.

    import mismatch_engine as me
    folder = me.run("job.yaml", "out")
    cells = me.cells(folder)            # codes are text, figures are numbers, empty figures are missing

Needs no other package; `cells` needs the one that it is asked for.
"""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

__all__ = ["MismatchError", "cells", "executable", "run", "tally"]


class MismatchError(Exception):
    """What the engine says of a failure; `status` is its exit status (2: checks failed, 65: bad data, 74: files)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message or f"mismatch ended with status {status}")
        self.status = status


def executable() -> str:
    """The path of the executable: that of the environment variable MISMATCH, or the one in this package."""
    return os.environ.get("MISMATCH") or str(Path(__file__).parent / "bin" / "mismatch")


def run(job: str | Path, output: str | Path | None = None, *options: str) -> Path:
    """Runs a job, and returns the folder of its results.

    output: the folder; None for the job's own.
    options: more of `mismatch run`, such as "--strict" or "--tallies", "a.csv.gz".
    Raises MismatchError where a check fails or an input is refused; nothing is written then.
    """
    where = [] if output is None else ["-o", str(output)]
    return Path(json.loads(_call("run", str(job), "--json", *where, *options))["folder"])


def tally(job: str | Path, side: str, output: str | Path, *inputs: str | Path, shard: str | None = None) -> Path:
    """Makes the tally of one side (provision or demand), and returns its path; `.gz` at its end has it packed.

    inputs: files in the place of those of the job.
    shard: the name of a single input in messages and in the tally.
    Raises MismatchError for what is refused.
    """
    given = [text for path in inputs for text in ("--input", str(path))]
    named = [] if shard is None else ["--shard", shard]
    _call("tally", str(job), "--side", side, *given, *named, "-o", str(output))
    return Path(output)


def cells(folder: str | Path, as_: str = "pandas", table: str = "cells.csv") -> Any:
    """A table of a run as a data frame of pandas or polars, or as a table of pyarrow.

    Types are those of the run's `columns.json`: codes, names and statuses are text and keep their zeros, figures are
    64-bit floats, counts of rows and the like 64-bit integers. A figure without a value is missing.
    """
    with open(Path(folder, "columns.json"), encoding="utf-8") as file:
        tables = {entry["file"]: entry["columns"] for entry in json.load(file)["tables"]}
    if table not in tables:
        raise ValueError(f"{folder} has no {table}, but {', '.join(tables)}")
    kinds = {column["name"]: column["kind"] for column in tables[table]}
    path = Path(folder, table)
    if not path.exists():
        path = path.with_name(f"{table}.gz")
    if as_ == "pandas":
        return _pandas(path, kinds)
    if as_ == "polars":
        import polars
        types = {"number": polars.Float64, "integer": polars.Int64}
        schema = {name: types.get(kind, polars.String) for name, kind in kinds.items()}
        return polars.read_csv(path, schema_overrides=schema).with_columns(polars.col(polars.String).fill_null(""))
    if as_ == "pyarrow":
        import pyarrow
        from pyarrow import csv
        types = {"number": pyarrow.float64(), "integer": pyarrow.int64()}
        schema = {name: types.get(kind, pyarrow.string()) for name, kind in kinds.items()}
        options = csv.ConvertOptions(column_types=schema, null_values=[""], strings_can_be_null=False)
        return csv.read_csv(path, parse_options=csv.ParseOptions(newlines_in_values=True), convert_options=options)
    raise ValueError(f"as_ is {as_!r}, not pandas, polars or pyarrow")


def _pandas(path: Path, kinds: dict[str, str]) -> Any:
    import pandas
    types = {"number": "float64", "integer": "Int64"}
    empty = {name: [""] for name, kind in kinds.items() if kind in types}
    schema = {name: types.get(kind, "string") for name, kind in kinds.items()}
    return pandas.read_csv(path, dtype=schema, keep_default_na=False, na_values=empty)


def _call(*arguments: str) -> str:
    command = [executable(), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise MismatchError(done.returncode, done.stderr.strip())
    return done.stdout


def main() -> None:
    """The command `mismatch`."""
    path = executable()
    os.execv(path, [path, *sys.argv[1:]])
