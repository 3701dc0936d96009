"""Sessions, runs that are disturbed, and what both parts with Spark look at."""
from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import mismatch_spark as ms
from support import ENGINE, Points, Done, differences, engine, fresh, london, sums

COLUMNS = ["advert_id", "month", "area_code", "profession"]
BATCHES = ("spark.sql.execution.arrow.maxRecordsPerBatch", "65536")


def partials(frame) -> dict[str, bytes]:
    """The tally of each shard; every task's work is done here."""
    rows = frame.collect()
    errors = [row.error for row in rows if row.error is not None]
    assert not errors, errors
    return {row.shard: bytes(row.payload) for row in rows}


def descendants() -> dict[int, str]:
    """The processes that this one has started, and those that they have, with their commands."""
    parents, commands = {}, {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(Path(entry.path, "stat").read_text().rsplit(")", 1)[1].split()[1])
                commands[int(entry.name)] = Path(entry.path, "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, ValueError):
                continue
    ours = {os.getpid()}
    while True:
        more = {process for process, parent in parents.items() if parent in ours} - ours
        if not more:
            return {process: commands[process] for process in ours - {os.getpid()}}
        ours |= more


class Killer(threading.Thread):
    """Kills one process whose command has a word in it, as soon as a tally is at work."""

    def __init__(self, word: str) -> None:
        super().__init__(daemon=True)
        self.word = word
        self.killed: str | None = None
        self.is_over = False

    def run(self) -> None:
        while not self.is_over:
            found = descendants()
            if any(f"{ENGINE} tally" in command for command in found.values()):
                for process, command in sorted(found.items(), reverse=True):
                    if self.word in command:
                        os.kill(process, signal.SIGKILL)
                        self.killed = command
                        return
            time.sleep(0.01)


def disturbed(points: Points, what: str, word: str, make, expected: dict[str, bytes]) -> None:
    """Makes tallies while a process is killed, and compares them."""
    killer = Killer(word)
    killer.start()
    try:
        found = partials(make())
    finally:
        killer.is_over = True
        killer.join()
    points.check(f"{what} killed: the same partials", found == expected and killer.killed is not None,
                 "nothing was killed" if killer.killed is None else "other bytes")


def one_machine(job: Path, files: list[Path], folder: Path) -> tuple[Done, Path]:
    """The tally of files and the run on it."""
    given = [text for path in files for text in ("--input", path)]
    done = engine("tally", job, "--side", "demand", *given, "-o", folder / "one.csv.gz")
    engine("run", job, "--tallies", folder / "one.csv.gz", "--quiet", "-o", folder / "one")
    return done, folder / "one"


def bad_row(points: Points, spark, work: Path) -> None:
    """One text that is no figure, in one of seven files."""
    job = london(fresh(work / "bad") / "london")
    path = job.parent / "shard-3.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5] = lines[5].rsplit(",", 1)[0] + ",abc\n"
    path.write_text("".join(lines), encoding="utf-8")
    files = sorted(job.parent.glob("shard-*.csv"))
    frame = spark.read.csv([str(path) for path in files], header=True)
    tallies = {"files": lambda: ms.tally_files(spark, files, job, "demand"),
               "rows": lambda: ms.tally(frame, job, "demand", "adverts")}
    for name, make in tallies.items():
        try:
            ms.run(job, work / "bad-out", make())
            said = ""
        except ms.TallyError as error:
            said = str(error)
        place = f"{path}:6:" if name == "files" else "adverts/0"
        points.check(f"a bad text in {name}: reported once with its place",
                     said.count("is neither a number") == 1 and said.startswith(place), said)
        points.check(f"a bad text in {name}: no folder", not (work / "bad-out").exists())


def duplicates(points: Points, spark) -> None:
    rows = [("1", "2022-12"), ("2", "2022-12"), ("1", "2022-12")]
    frame = spark.createDataFrame(rows, "advert_id string, month string")
    try:
        ms.tally(frame, __file__, "demand", "adverts", check_unique=["month", "advert_id"])
        said = ""
    except ms.TallyError as error:
        said = str(error)
    points.check("check_unique names records that share an id", "'2022-12', '1', 2" in said, said)


def whole_runs(points: Points, spark, job: Path, files: list[Path], parquet: Path, work: Path) -> Done:
    """Runs from files and from Parquet, against those of one machine."""
    done, expected = one_machine(job, files, work)
    ms.run(job, work / "by-files", ms.tally_files(spark, files, job, "demand"))
    found = differences(expected, work / "by-files")
    points.check("files: the run of one machine, bytes", found == [], found)
    frame = spark.read.parquet(str(parquet)).select(*COLUMNS)
    ms.run(job, work / "by-rows", ms.tally(frame, job, "demand", "adverts"))
    found = differences(expected, work / "by-rows")
    points.check("Parquet: the same but for the manifest", found == ["manifest.json"], found)
    merged = ms.gather(ms.tally(frame.repartition(12), job, "demand", "adverts"), work / "merged", fan_in=2)
    engine("merge", *merged, "-o", work / "merged.csv")
    same = sums((work / "merged.csv").read_bytes()) == sums((work / "one.csv.gz").read_bytes())
    points.check("12 shards merged in tasks by twos: the same sums", same)
    return done
