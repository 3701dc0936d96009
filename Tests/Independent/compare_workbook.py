"""Compares the tables of a run's workbook, as openpyxl reads them, with its CSV files.

Usage: compare_workbook.py FOLDER. Prints a line for each table: sheet, cells, numbers; fails at the first difference.
"""

import csv
import re
import sys
from pathlib import Path

import openpyxl

SHORTHAND = {"[c]", "[low]", "[x]", "[z]"}
folder = Path(sys.argv[1])


def plain(text):
    """Text without the escapes that XML needs."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


book = openpyxl.load_workbook(folder / "mismatch.xlsx")
if book.sheetnames[:3] != ["Cover", "Contents", "Notes"]:
    sys.exit(f"sheets are {book.sheetnames}")
for sheet in book.worksheets[3:]:
    with open(folder / f"{sheet.title}.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=4 + len(rows))]
    numbers = 0
    for expected, values in zip(rows[1:], found[1:], strict=True):
        for text, value in zip(expected, values, strict=True):
            if isinstance(value, (int, float)):
                numbers += 1
                same = float(text) == value
            else:
                same = (plain(value or "") == text) or (text == "" and value in SHORTHAND)
            if not same:
                sys.exit(f"{sheet.title}: {value!r} for {text!r}")
    if len(rows) > 1:
        (table,) = sheet.tables.values()
        if [column.name for column in table.tableColumns] != [plain(value) for value in found[0]]:
            sys.exit(f"{sheet.title}: headings of the table are not those of the sheet")
    if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
        sys.exit(f"{sheet.title}: a formula")
    print(f"{sheet.title},{sum(map(len, rows[1:]))},{numbers}")
