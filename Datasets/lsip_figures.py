"""What the scripts that prepare figures of Local Skills Improvement Plan (LSIP) areas have in common."""
import csv
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Names of areas in the figures that areas.csv of Datasets/london has otherwise.
RENAMED = {
    "Enterprise M3": "Enterprise M3 LEP (including all of Surrey)",
    "G First (Gloucestershire)": "Gloucestershire",
    "New Anglia": "Norfolk and Suffolk",
    "South-East Midlands": "South East Midlands",
}
BACK = {old: new for new, old in RENAMED.items()}


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, head, rows):
    """Writes rows in order."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(sorted(rows))


# Codes of areas by name.
CODES = {row["name"]: row["code"] for row in read(HERE / "london" / "areas.csv")}


def area_code(area):
    """The code of an area by its name in the figures, which may end with LSIP."""
    name = area.removesuffix(" LSIP").strip()
    return CODES.get(name) or CODES[RENAMED.get(name, BACK.get(name, ""))]
