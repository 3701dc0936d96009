"""Tallies on one machine: cuts, orders and trees, what is refused, memory."""
from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from support import LONDON, RECORDS, Done, Points, differences, engine, fresh, london


def tallies(job: Path, folder: Path, names: list[str]) -> list[Path]:
    made = []
    for name in names:
        made.append(folder / f"{Path(name).stem}.tally.csv.gz")
        engine("tally", job, "--side", "demand", "--input", job.parent / name, "--shard", name, "-o", made[-1])
    return made


def shards(points: Points, work: Path) -> tuple[Path, list[Path]]:
    job = london(work / "london")
    names = [f"shard-{number}.csv" for number in range(7)]
    parts = tallies(job, job.parent, names)
    engine("run", LONDON / "job.yaml", "--quiet", "-o", work / "whole")
    engine("run", job, "--quiet", "-o", work / "files")
    shuffled = random.Random(1).sample(parts, 7)
    engine("merge", *shuffled, "-o", work / "merged.csv.gz")
    for name, given in (("merged", [work / "merged.csv.gz"]), ("out of order", shuffled)):
        engine("run", job, "--tallies", *given, "--quiet", "-o", work / "tallied")
        found = differences(work / "whole", work / "tallied")
        only = found == ["manifest.json"]
        points.check(f"London in 7 shuffled shards, {name}: only the manifest differs", only, found)
        found = differences(work / "files", work / "tallied")
        points.check(f"London by whole files, {name}: no file differs but for tallies as inputs", not found, found)
    return job, parts


def trees(points: Points, work: Path, parts: list[Path]) -> None:
    folder = fresh(work / "trees")
    engine("merge", *parts, "-o", folder / "at-once.csv")
    expected = (folder / "at-once.csv").read_bytes()
    draws = random.Random(2)
    odd = 0
    for tree in range(50):
        left = draws.sample(parts, 7)
        while len(left) > 1:
            count = draws.randint(2, len(left))
            taken, left = left[:count], left[count:]
            whole = folder / f"{tree}-{len(left)}.csv"
            engine("merge", *taken, "-o", whole)
            left.insert(draws.randint(0, len(left)), whole)
        odd += left[0].read_bytes() != expected
    points.check("50 random trees of 7 shards have the same bytes", odd == 0, f"{odd} differ")


def refused(points: Points, work: Path, job: Path, parts: list[Path]) -> None:
    folder = fresh(work / "refused")

    def is_refused(what: str, done: Done, *words: str) -> None:
        holds = done.status == 65 and all(word in done.text for word in words)
        points.check(f"{what}: 65, and both places named", holds, f"{done.status}: {done.text}")

    first, second = ((job.parent / f"shard-{number}.csv").read_text(encoding="utf-8") for number in (0, 1))
    (folder / "twice.csv").write_text(first + second.splitlines()[1] + "\n", encoding="utf-8")
    engine("tally", job, "--side", "demand", "--input", folder / "twice.csv", "--shard", "twice.csv", "-o",
           folder / "twice.tally.csv")
    is_refused("a key in two shards", Done("merge", folder / "twice.tally.csv", parts[1]), "twice.csv", "shard-1.csv")
    is_refused("a shard given twice", Done("merge", parts[0], parts[0]), "shard-0.csv")
    other = folder / "other.yaml"
    other.write_text(job.read_text(encoding="utf-8").replace("nearest 5", "nearest 10"), encoding="utf-8")
    engine("tally", other, "--side", "demand", "--input", job.parent / "shard-1.csv", "-o", folder / "unlike.csv")
    is_refused("tallies of unlike jobs", Done("merge", parts[0], folder / "unlike.csv"))

    (folder / "fine.yaml").write_text(
        "provision: { kind: people, file: fine.csv, area: a, category: b, value: n, sum-over: [part] }\n"
        "demand: { kind: jobs, file: fine.csv, area: a, category: b, value: n, sum-over: [part] }\n", encoding="utf-8")
    (folder / "fine.csv").write_text("a,b,part,n\nA,x,1,4e15\nA,x,2,0.1\nA,x,3,1e-15\n", encoding="utf-8")
    done = Done("tally", folder / "fine.yaml", "--side", "demand", "-o", folder / "fine.tally.csv")
    points.check("a fraction too fine for a tally: 65", done.status == 65, f"{done.status}: {done.text}")

    whole = (job.parent / "shard-0.csv").read_bytes()
    count = whole.count(b"\n") - 1
    cut = whole[: whole.rindex(b"\n", 0, -1) + 1]
    stream = ("--input", "-", "--shard", "stream", "--rows", count)
    said = ("tally", job, "--side", "demand", *stream, "-o", folder / "stream.csv")
    points.check("a stream with its number of rows", Done(*said, stdin=whole).status == 0)
    done = Done(*said, stdin=cut)
    points.check("a stream cut at a line's end: 65", done.status == 65, f"{done.status}: {done.text}")


def lines(points: Points, work: Path) -> None:
    """The rows behind the largest cell of the records example, asked of each of three shards."""
    folder = fresh(work / "lines")
    header, *rows = (RECORDS / "demand.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    names = [folder / f"part-{number}.csv" for number in range(3)]
    for number, name in enumerate(names):
        name.write_text(header + "".join(rows[number::3]), encoding="utf-8")
    job = ("tally", RECORDS / "job.yaml", "--side", "demand")
    shards = [("--input", name, "--shard", name.name) for name in names]
    for name, shard in zip(names, shards):
        engine(*job, *shard, "-o", name.with_suffix(".tally"))
    merged = csv.DictReader(engine("merge", *(name.with_suffix(".tally") for name in names)).text.splitlines())
    cell = max((row for row in merged if row["record"] == "cell"), key=lambda row: int(row["figures"]))
    asked = f'{cell["area"]},"{cell["category"]}",{cell["period"]}'
    found, expected = [], []
    for name, shard in zip(names, shards):
        said = csv.DictReader(engine(*job, *shard, "--watch", asked).text.splitlines())
        found += [(row["first_input"], int(row["first_line"])) for row in said if row["record"] == "line"]
        with open(name, encoding="utf-8", newline="") as file:
            expected += [(name.name, line) for line, row in enumerate(csv.DictReader(file), 2)
                         if (row["area_code"], row["profession"], row["month"])
                         == (cell["area"], cell["category"], cell["period"])]
    holds = sorted(found) == expected and len(found) == int(cell["figures"])
    points.check(f"--watch lists the {len(expected)} rows of a cell over its shards", holds, found)


def memory(points: Points, work: Path) -> None:
    folder = fresh(work / "areas")
    draws = random.Random(3)
    with open(folder / "demand.csv", "w", encoding="utf-8") as file:
        file.write("area,occupation,month\n")
        for _ in range(1_600_000):
            area, occupation, month = draws.randrange(35_672), draws.randrange(412), draws.randrange(24)
            file.write(f"E{1000001 + area:08d},{1111 + occupation},20{22 + month // 12}-{1 + month % 12:02d}\n")
    side = "file: demand.csv, area: area, category: occupation, period: month, value: { rows: 1 }, sum-over: rows"
    (folder / "job.yaml").write_text(
        f"provision: {{ kind: people, {side} }}\ndemand: {{ kind: adverts, {side} }}\n", encoding="utf-8")
    done = engine("tally", folder / "job.yaml", "--side", "demand", "-o", folder / "tally.csv.gz")
    what = "1.6 million rows, 35,672 areas, 24 periods: under 300 MB"
    points.check(what, done.megabytes < 300, f"{done.megabytes:.0f} MB")
    points.note(f"that took {done.megabytes:.0f} MB and {done.cpu:.1f} s of CPU")


def main(work: Path) -> None:
    points = Points("one machine")
    work = fresh(work / "engine")
    job, parts = shards(points, work)
    trees(points, work, parts)
    refused(points, work, job, parts)
    lines(points, work)
    memory(points, work)
    points.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
