"""Lays out the inputs of Jobs/providers.yaml in INPUTS: the published extract where EXTRACTS holds
it, otherwise generated rows of the same shape. The demand is always generated, and so are both
sides of Jobs/grid.yaml. Same seed, same bytes.

    python prepare.py EXTRACTS INPUTS
"""

import csv
import gzip
import random
import sys
from collections import Counter
from pathlib import Path

SEED = 20222023
ROWS = 460_862
YEARS = ["2022/23", "2023/24"]
OUTSIDE = "Outside of England and unknown"
COLUMNS = ["year", "provider_name", "learner_home_lad", "delivery_lad"]
COLUMNS += ["starts", "enrolments", "achievements"]
TABLE = "apprenticeships_provider_{}_202223_202324.csv.gz"


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def read(path):
    with gzip.open(path, "rt", newline="") as file:
        yield from csv.DictReader(file)


def published_weights(path):
    """Learners by provider and subject area, all years and measures."""
    weights = Counter()
    for row in read(path):
        weights[row["provider_name"][-9:-1], row["ssa_t1_desc"]] += int(row["values"])
    return weights


def generate(path, draw):
    """Rows like the published ones: 1,513 providers, 297 districts, most counts 0 to 2."""
    districts = [f"District {number:03}" for number in range(296)] + [OUTSIDE]
    providers = [f"TRAINING PROVIDER {n:04} LIMITED ({10_000_001 + 37 * n})" for n in range(1513)]
    seats = len(YEARS) * len(providers) * len(districts) ** 2
    with open(path, "wb") as raw, gzip.GzipFile("", "wb", mtime=0, fileobj=raw) as file:
        file.write(f"{','.join(COLUMNS)}\n".encode())
        for seat in sorted(draw.sample(range(seats), ROWS)):
            seat, delivery = divmod(seat, len(districts))
            seat, home = divmod(seat, len(districts))
            year, provider = divmod(seat, len(providers))
            texts = YEARS[year], providers[provider], districts[home], districts[delivery]
            counts = (str(int(draw.expovariate(rate))) for rate in (1, 0.6, 1.5))
            file.write(f"{','.join((*texts, *counts))}\n".encode())


def generated_weights(path, draw):
    providers = sorted({row["provider_name"][-9:-1] for row in read(path)})
    sectors = [f"Subject area {number:02}" for number in range(1, 16)]
    return {
        (provider, sector): draw.randint(1, 500)
        for provider in providers
        for sector in draw.sample(sectors, draw.randint(1, 6))
    }


def grid(path, draw):
    """Counts of 7,264 areas by 412 sectors, most of them small; row after row."""
    weights = [draw.expovariate(1) ** 2 for _ in range(412)]
    with open(path, "w") as file:
        file.write("area,sector,count\n")
        for area in range(7264):
            size = 10 * draw.lognormvariate(0, 1)
            for sector, weight in enumerate(weights):
                mean = size * weight
                count = max(0, round(draw.gauss(mean, mean**0.5)))
                file.write(f"E{2_000_001 + area:08},{1111 + sector},{count}\n")


def main(extracts, inputs):
    draw = random.Random(SEED)
    inputs.mkdir(parents=True, exist_ok=True)
    provision = inputs / "provision.csv.gz"
    published = extracts / "provision" / TABLE.format("home_delivery_lad")
    provision.unlink(missing_ok=True)
    if published.exists():
        provision.symlink_to(published.resolve())
        weights = published_weights(extracts / "provision" / TABLE.format("standard"))
        origin = "published extract"
    else:
        generate(provision, draw)
        weights = generated_weights(provision, draw)
        origin = f"generated rows (seed {SEED})"
        print("no published extracts: the input is generated", file=sys.stderr)
    sectors = sorted({sector for _, sector in weights})
    districts = sorted({row["learner_home_lad"] for row in read(provision)} - {OUTSIDE})
    write(
        inputs / "provider-sectors.csv",
        ["ukprn", "sector", "weight"],
        ([*key, weight] for key, weight in sorted(weights.items()) if weight),
    )
    write(inputs / "sectors.csv", ["code"], ([sector] for sector in sectors))
    write(
        inputs / "demand.csv",
        ["lad", "sector", "period", "vacancies"],
        ([lad, sector, YEARS[0], draw.randint(1, 900)] for lad in districts for sector in sectors),
    )
    grid(inputs / "grid-provision.csv", draw)
    grid(inputs / "grid-demand.csv", draw)
    (inputs / "origin.txt").write_text(origin + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
