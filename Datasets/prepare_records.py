#!/usr/bin/env python3
"""Make the adverts of the worked example Datasets/records: one row for each, all of them made up.

    python3 Datasets/prepare_records.py [ROWS] [FILE] [--seed N] [--benchmark]

No person, employer or advert behind any row: every field is drawn at random. Areas and professions are those of
Datasets/london; with --benchmark they are 309 areas, 412 occupations and 24 months. The first area has 15 % of all
adverts, and professions come more often the nearer they are to the beginning of their list.

Row n depends on the seed and on n alone, through whole numbers of 64 bits (SplitMix64), so the same call gives the
same bytes with any version of Python, fewer rows are the beginning of more, and Benchmarks/Records/generate.c writes
the same rows, only faster. Standard library only.
"""
import argparse
import csv
import io
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = "advert_id,month,area_code,profession,employer,contract,hours,salary,source"
MASK = (1 << 64) - 1
LARGE_AREA_SHARE = 15  # percent
EMPLOYERS, SALARIES, SOURCES = 40_000, 600, 30


def drawn(seed: int, row: int, field: int, count: int) -> int:
    """A whole number from 0 to count - 1 that depends on nothing else: SplitMix64's number of this place."""
    z = (seed + (8 * row + field + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return (((z ^ (z >> 31)) >> 32) * count) >> 32


def advert(seed: int, row: int, areas: list[str], professions: list[str], months: list[str]) -> str:
    """One advert as a line without its end."""
    def one(field: int, count: int) -> int:
        return drawn(seed, row, field, count)

    share = one(0, 100)
    area = areas[0] if share < LARGE_AREA_SHARE else areas[1 + one(1, len(areas) - 1)]
    profession = professions[min(one(2, len(professions)), one(3, len(professions)))]
    rest = one(5, EMPLOYERS * SOURCES)
    return (
        f"A{row + 1:09d},{months[one(4, len(months))]},{area},{profession},K{rest % EMPLOYERS:05d},"
        f"{'temporary' if one(6, 8) == 0 else 'permanent'},{'part time' if share % 4 == 0 else 'full time'},"
        f"{18_000 + 50 * one(7, SALARIES)},board {rest // EMPLOYERS:02d}")


def quoted(text: str) -> str:
    """A text as a field of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([text])
    return line.getvalue()


def column(name: str, heading: str) -> list[str]:
    """The distinct texts of a column of the London example, in the order of its file."""
    with open(HERE / "london" / name, encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(quoted(row[heading]) for row in csv.DictReader(file)))


def example() -> tuple[list[str], list[str], list[str]]:
    """Areas, professions and months of the worked example; London first."""
    areas = sorted(column("areas.csv", "code"), key=lambda code: (code != "E69000013", code))
    return areas, column("crosswalk.csv", "profession"), ["2022-12"]


def benchmark() -> tuple[list[str], list[str], list[str]]:
    """Areas, occupations and months of the benchmark."""
    areas = [f"X{number + 1:08d}" for number in range(309)]  # codes of no statistical service
    occupations = [str(1111 + 20 * number) for number in range(412)]
    return areas, occupations, [f"{year}-{month:02d}" for year in (2022, 2023) for month in range(1, 13)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("rows", nargs="?", type=int, default=3_000)
    options.add_argument("file", nargs="?", default=HERE / "records" / "demand.csv")
    options.add_argument("--seed", type=int, default=20261128)
    options.add_argument("--benchmark", action="store_true")
    options.add_argument("--lists", action="store_true", help="print the lists that generate.c reads")
    asked = options.parse_args()
    lists = benchmark() if asked.benchmark else example()
    if asked.lists:
        for texts in lists:
            print(len(texts), *texts, sep="\n")
        return
    with open(asked.file, "w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        file.writelines(advert(asked.seed, row, *lists) + "\n" for row in range(asked.rows))


if __name__ == "__main__":
    sys.exit(main())
