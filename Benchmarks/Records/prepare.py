"""Writes the inputs of the benchmark of records: prepare.py FOLDER [ROWS [FILES]].

Adverts, one a row, in FILES files of like size (`demand-00.csv` and on), by generate.c with the lists of
Datasets/prepare_records.py; the other side, a crosswalk of occupations to the first digit of their codes, and the job.
The first rows of generate.c are compared with those of Datasets/prepare_records.py. Same call, same bytes.
"""

import io
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../Datasets"))
import prepare_records

SEED = 20261128
JOB = """\
# Adverts, one a row, all of them made up, against made-up provision: 309 areas, 412 occupations, 24 months.
name: records
provision: { kind: people, file: provision.csv, area: area, category: occupation, period: month, value: count }
demand:
  kind: adverts
  file: demand-*.csv
  area: area_code
  category: profession
  period: month
  value: { rows: 1 }
  sum-over: rows
  crosswalk: { file: groups.csv, from: occupation, to: group }
measures: [share_gap_pp, dissimilarity]
intervals: { kinds: [bounds] }
output: { files: [cells.csv, areas.csv, unmapped.csv, checks.csv] }
"""


def texts(lists):
    return "".join(f"{len(one)}\n" + "".join(text + "\n" for text in one) for one in lists)


def write_adverts(folder, rows, files, lists):
    program = os.path.join(folder, "generate")
    subprocess.run([os.environ.get("CC", "cc"), "-O2", "-o", program, f"{HERE}/generate.c"], check=True)

    def generate(first, count, **where):
        command = [program, str(first), str(count), str(SEED)]
        return subprocess.run(command, input=texts(lists).encode(), check=True, **where).stdout

    slow = io.StringIO()
    slow.write(prepare_records.HEADER + "\n")
    slow.writelines(prepare_records.advert(SEED, row, *lists) + "\n" for row in range(1000))
    if generate(0, 1000, stdout=subprocess.PIPE).decode() != slow.getvalue():
        sys.exit("generate.c and Datasets/prepare_records.py write different rows")
    cuts = [rows * number // files for number in range(files + 1)]
    for number, (first, end) in enumerate(zip(cuts, cuts[1:])):
        with open(os.path.join(folder, f"demand-{number:02d}.csv"), "wb") as file:
            if first > 0:
                file.write((prepare_records.HEADER + "\n").encode())
                file.flush()
            generate(first, end - first, stdout=file)


def write(folder, name, lines):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def main(folder, rows=51_200_000, files=32):
    os.makedirs(folder, exist_ok=True)
    areas, occupations, months = lists = prepare_records.benchmark()
    write_adverts(folder, int(rows), int(files), lists)
    groups = sorted({occupation[0] for occupation in occupations})
    write(folder, "groups.csv", ["occupation,group"] + [f"{code},{code[0]}" for code in occupations])
    write(folder, "provision.csv", ["area,occupation,month,count"] + [
        f"{area},{group},{month},{50 + prepare_records.drawn(1, 309 * place + number, int(group), 500)}"
        for place, month in enumerate(months) for number, area in enumerate(areas) for group in groups])
    write(folder, "job.yaml", JOB.splitlines())


if __name__ == "__main__":
    main(*sys.argv[1:])
