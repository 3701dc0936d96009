"""Writes the inputs of the ingest benchmark: the same 7,264 x 412 counts as a Nomis API download of about
1 GB, plain, fully quoted and gzipped, and the first quarters of it, with registers, the other side and a job
for each. Same seed, same bytes.
"""

import gzip
import os
import random
import shutil
import sys

AREAS, SECTORS, SEED = 7264, 412, 20261125
DIMENSIONS = ("DATE", "GEOGRAPHY", "OCCUPATION", "MEASURES")
DETAILS = ("", "_NAME", "_CODE", "_TYPE", "_TYPECODE", "_SORTORDER")
TAIL = "OBS_VALUE OBS_STATUS OBS_STATUS_NAME OBS_CONF OBS_CONF_NAME URN RECORD_OFFSET RECORD_COUNT"
WORDS = "managers officials technicians assemblers clerks operatives engineers nurses drivers".split()

JOB = """\
name: ingest
areas: {{ level: msoa, file: areas.csv, code: code, name: name }}
sectors: {{ scheme: soc-unit-group, file: sectors.csv, code: code, name: name }}
provision:
  {{ kind: people, file: provision.csv, area: area, category: sector, period: period, value: count }}
demand:
  kind: vacancies
  file: {file}
  area: GEOGRAPHY_CODE
  category: OCCUPATION_CODE
  period: DATE_CODE
  value: OBS_VALUE
  where: {{ MEASURES_NAME: Value }}
measures: [dissimilarity]
# No peer has a bootstrap of indices.
intervals: {{ kinds: [bounds] }}
output: {{ files: [areas.csv, unmapped.csv, checks.csv] }}
"""


def area_code(area):
    return f"E{2000001 + area:08d}"


def sector_code(sector):
    return str(1111 + 20 * sector)


def rows(draws, areas):
    """The records of the first areas, area by area, as lists of texts."""
    sectors = [
        [str(100000 + s), f"{sector_code(s)} {draws.choice(WORDS).title()} and {draws.choice(WORDS)}",
         sector_code(s), "SOC 2020 unit groups", "4000", str(s)]
        for s in range(SECTORS)
    ]
    date = ["2021", "2021", "2021", "date", "0", "0"]
    measure = ["20100", "Value", "20100", "measures", "0", "0"]
    count = str(areas * SECTORS)
    for a in range(areas):
        area = [str(637534209 + a), f"Middle layer area {a:04d}", area_code(a),
                "2021 super output areas - middle layer", "297", str(a)]
        records = []
        for s in range(SECTORS):
            value = int(draws.paretovariate(0.9) * 3)
            records.append(
                date + area + sectors[s] + measure
                + [str(value), "A", "Normal Value", "F", "Free (free for publication)",
                   f"Nm-{a:x}d{s:x}d1d20100", str(a * SECTORS + s), count])
        yield records


def write(path, header, quote=False, areas=AREAS):
    join = (lambda row: '"' + '","'.join(row) + '"\n') if quote else (lambda row: ",".join(row) + "\n")
    with open(path, "w", encoding="utf-8", buffering=1 << 20) as file:
        file.write(join(header))
        for records in rows(random.Random(SEED), areas):
            file.write("".join(map(join, records)))


def main(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    header = [d + detail for d in DIMENSIONS for detail in DETAILS] + TAIL.split()
    write("plain.csv", header)
    write("quoted.csv", header, quote=True)
    quarters = {f"quarters-{part}.csv": AREAS * part // 4 for part in (1, 2, 3)}
    for name, areas in quarters.items():
        write(name, header, areas=areas)
    with open("plain.csv", "rb") as source, open("plain.csv.gz", "wb") as target:
        with gzip.GzipFile("", "wb", 6, target, mtime=0) as packed:
            shutil.copyfileobj(source, packed, 1 << 20)
    with open("areas.csv", "w", encoding="utf-8") as file:
        file.write("code,name\n")
        file.writelines(f"{area_code(a)},Middle layer area {a:04d}\n" for a in range(AREAS))
    with open("sectors.csv", "w", encoding="utf-8") as file:
        file.write("code,name\n")
        file.writelines(f"{sector_code(s)},Unit group {sector_code(s)}\n" for s in range(SECTORS))
    with open("provision.csv", "w", encoding="utf-8") as file:
        file.write("area,sector,period,count\n")
        file.writelines(
            f"{area_code(a)},{sector_code(a % SECTORS)},2021,{10 + a % 50}\n" for a in range(AREAS))
    for name in ("plain.csv", "quoted.csv", "plain.csv.gz", *quarters):
        with open(f"{name}.yaml", "w", encoding="utf-8") as file:
            file.write(JOB.format(file=name))


if __name__ == "__main__":
    main(sys.argv[1])
