"""The SQL of `tally --sql` in DuckDB and in Spark: clean adverts, and one table of figures with all that is refused."""
from __future__ import annotations

import csv
import itertools
import random
import sys
from pathlib import Path

import duckdb
from pyspark.sql import SparkSession
from support import Done, Points, differences, engine, fresh, records

# One cell of 5, a mark, a count with a comma; then the same advert again, and what no reading takes.
CLEAN = [("A", "x", "5"), ("A", "y", "[x]"), ("B", "x", "1,250"), ("B", "y", "0")]
DIRTY = {
    "a fraction": ("C", "x", "2.5"), "a text": ("C", "x", "abc"), "an empty figure": ("C", "x", ""),
    "no figure": ("C", "x", None), "a figure below 0": ("C", "x", "-3"), "a power of ten": ("C", "x", "1e2"),
    "a figure again": ("A", "x", "5"), "a number beside a mark": ("A", "y", "7"), "an empty area": ("", "x", "5"),
    "a no-break space as area": ("\u00a0", "x", "5"), "an error of a spreadsheet": ("#N/A", "x", "5"),
    "a line feed": ("C", "x", "5\n"),
}
# Texts that some collations take for the same.
ALIKE = [("a", "x", "15"), ("A ", "x", "25"), ("\u00c9", "x", "35"), ("E\u0301", "x", "45")]


class DuckDB:
    name = "duckdb"

    def __init__(self) -> None:
        self.connection = duckdb.connect()

    def rows(self, query: str) -> tuple[list[str], list[tuple]]:
        found = self.connection.execute(query)
        return [column[0] for column in found.description], found.fetchall()

    def table(self, name: str, columns: list[str], rows: list[tuple]) -> None:
        self.connection.execute(f"DROP TABLE IF EXISTS {name}")
        named = ", ".join(f"{column} VARCHAR COLLATE NOCASE" for column in columns)
        self.connection.execute(f"CREATE TABLE {name} ({named})")
        self.connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)

    def files(self, name: str, paths: list[str]) -> None:
        rows = f"read_csv({paths}, header = true, all_varchar = true)"
        self.connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {rows}")


class Spark:
    name = "spark"

    def __init__(self) -> None:
        self.session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config(
            "spark.sql.shuffle.partitions", "4").config("spark.ui.showConsoleProgress", "false").getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")

    def rows(self, query: str) -> tuple[list[str], list[tuple]]:
        found = self.session.sql(query)
        return found.columns, [tuple(row) for row in found.collect()]

    def table(self, name: str, columns: list[str], rows: list[tuple]) -> None:
        frame = self.session.createDataFrame(rows, ", ".join(f"{column} string" for column in columns))
        frame.createOrReplaceTempView(name)

    def files(self, name: str, paths: list[str]) -> None:
        self.session.read.csv(paths, header=True).createOrReplaceTempView(name)


def queries(job: Path, dialect: str, table: str, side: str = "demand") -> tuple[str, str]:
    """The guard and the relation."""
    text = engine("tally", job, "--side", side, "--sql", dialect, "--table", table).text
    guard, relation = text.split("\n-- 2.")
    return guard.strip().rstrip(";"), ("--" + relation).strip().rstrip(";")


def save(path: Path, columns: list[str], rows: list[tuple]) -> Path:
    with open(path, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)
    return path


def adverts(points: Points, engines: list, work: Path) -> None:
    job = records(work / "records", 404_000, 4)
    engine("run", job, "--quiet", "-o", work / "files")
    expected = (work / "files/cells.csv").read_bytes()
    for sql in engines:
        sql.files("adverts", sorted(map(str, job.parent.glob("demand-*.csv"))))
        guard, relation = queries(job, sql.name, "adverts")
        points.check(f"adverts in {sql.name}: the guard has no rows", sql.rows(guard)[1] == [])
        path = save(work / f"{sql.name}.csv", *sql.rows(relation))
        engine("run", job, "--tallies", path, "--quiet", "-o", work / sql.name)
        points.check(f"adverts in {sql.name}: cells.csv of a run on files, bytes",
                     (work / sql.name / "cells.csv").read_bytes() == expected)


def figures(points: Points, engines: list, work: Path) -> None:
    folder = fresh(work / "figures")
    side = "area: area, category: sector, value: count, rounding: nearest 5, markers: { '[x]': 0..4 }"
    job = folder / "job.yaml"
    job.write_text(
        f"provision: {{ kind: people, file: demand.csv, {side} }}\n"
        f"demand: {{ kind: vacancies, file: demand.csv, {side} }}\n"
        "accept: { invisible-characters: made for the test, composed-letters: made for the test }\n", encoding="utf-8")
    columns = ["area", "sector", "count"]
    save(folder / "demand.csv", columns, CLEAN + ALIKE)
    engine("run", job, "--quiet", "-o", folder / "files")
    for sql in engines:
        guard, relation = queries(job, sql.name, "figures")
        sql.table("figures", columns, CLEAN + ALIKE)
        points.check(f"figures in {sql.name}: the guard has no rows", sql.rows(guard)[1] == [], sql.rows(guard)[1])
        path = save(folder / f"{sql.name}.csv", *sql.rows(relation))
        engine("run", job, "--tallies", path, "--quiet", "-o", folder / sql.name)
        points.check(f"figures in {sql.name}: marks, bounds and texts alike as from files, bytes",
                     (folder / sql.name / "cells.csv").read_bytes() == (folder / "files/cells.csv").read_bytes())
        for what, row in DIRTY.items():
            sql.table("figures", columns, CLEAN + [row])
            found = sql.rows(guard)[1]
            path = save(folder / "dirty.csv", *sql.rows(relation))
            done = Done("run", job, "--tallies", path, "--quiet", "-o", folder / "dirty")
            points.check(f"{what} in {sql.name}: the guard names it, and the relation is refused",
                         len(found) > 0 and done.status == 65, f"{found} {done.status} {done.text}")


SIDES = """\
areas: { lookup: areas.csv, code: code, name: name }
provision:
  { kind: people, file: provision.csv, area: area, category: sector, period: year, value: n, rounding: nearest 1,
    where: { sex: [M, F], level: { not: Total } }, sum-over: [age, level] }
demand:
  { kind: jobs, file: demand.csv, area: { column: area, name: area_name }, category: sector, value: n, unit: hundreds,
    rounding: bres, period: { columns: [year, term] }, totals: { category: Total }, where: { keep: "y" } }
limits: { unmapped: 90 %, one-sided: 90 % }
accept: { unknown-areas: some, unknown-categories: some, sides-apart: some, rounding: made up, rates: made up }
output: { files: all }
"""


def write_sides(folder: Path) -> None:
    """Both sides, made up: parts, filters, markers, rounding by bands, a unit, totals, names."""
    draws = random.Random(5)
    areas = [f"A{number}" for number in range(9)]
    save(folder / "areas.csv", ["code", "name"], [(area, f"Area {area}") for area in areas[:7]])
    provision, demand = [], []
    for area, year in itertools.product(areas, ("2022", "2023")):
        for sector, sex, age in itertools.product("xyzq", "MFT", ("16", "25")):
            thousands = f"{draws.randrange(1, 9)},{draws.randrange(1000):03d}"
            kept = [str(draws.randrange(9000)), thousands, "c", "z", "17.0"]
            left_out = [f"{draws.random() * 9:.3f}", "-5", "words"]
            level = "Total" if sex == "T" else draws.choice("23")
            shown = draws.choice(left_out if sex == "T" else kept)
            provision.append((area, sector, year, sex, age, level, shown))
        total = 0
        for sector in "xyzw":
            count = 5 * draws.randrange(80)
            total += count
            shown = draws.choice([str(count), str(count), "c"])
            demand.append((area, f"Name {area}{draws.choice(['', ' b'])}", sector, year, "Calendar year", "y", shown))
            demand.append((area, "", sector, year, "Calendar year", "n", str(draws.randrange(100) / 4)))
        demand.append((area, "", "Total", year, "Calendar year", "y", str(total + 10)))
    save(folder / "provision.csv", ["area", "sector", "year", "sex", "age", "level", "n"], provision)
    save(folder / "demand.csv", ["area", "area_name", "sector", "year", "term", "keep", "n"], demand)


def sides(points: Points, engines: list, work: Path) -> None:
    folder = fresh(work / "sides")
    job = folder / "job.yaml"
    job.write_text(SIDES, encoding="utf-8")
    write_sides(folder)
    engine("run", job, "--quiet", "-o", folder / "files")
    for sql in engines:
        paths = []
        for side in ("provision", "demand"):
            sql.files(side, [str(folder / f"{side}.csv")])
            guard, relation = queries(job, sql.name, side, side)
            points.check(f"{side} in {sql.name}: the guard has no rows", sql.rows(guard)[1] == [], sql.rows(guard)[1])
            paths.append(save(folder / f"{side}.{sql.name}.csv", *sql.rows(relation)))
        engine("run", job, "--tallies", *paths, "--quiet", "-o", folder / sql.name)
        found = differences(folder / "files", folder / sql.name)
        points.check(f"both sides in {sql.name}: all results of a run on files, bytes",
                     found == ["checks.csv", "manifest.json"], found)


def main(work: Path) -> None:
    points = Points("SQL")
    work = fresh(work / "queries")
    engines = [DuckDB(), Spark()]
    adverts(points, engines, work)
    figures(points, engines, work)
    sides(points, engines, work)
    points.end()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
