"""read_workbooks.py OUT WORKBOOK...: every sheet as openpyxl reads it, one CSV per sheet.

OUT/index.csv has a line per sheet: its CSV, the workbook, the sheet, whether it is hidden, its merged
ranges. A line of a sheet's CSV is the row's number and its cells up to the last one that is not empty;
rows without such a cell are left out.

The one rule for values: a number is the shortest text that reads back to the same double, whole numbers
without a point; a date is ISO text, with its time of day only where that is not midnight; `_xHHHH_` in a
text is the character that it stands for. The target of a link is no value: openpyxl writes it into the
empty cells that the link covers, as in a contents sheet whose links are two cells wide; that is undone.
"""
import csv
import datetime
import pathlib
import re
import sys

import openpyxl
from openpyxl.worksheet._reader import WorksheetReader

WorksheetReader.bind_hyperlinks = lambda reader: None


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return number(value)
    if isinstance(value, datetime.datetime):
        return (value.date() if value.time() == datetime.time() else value).isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return number(value.total_seconds() / 86400)
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), str(value))


def number(value):
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    return re.sub(r"\.0$", "", repr(float(value)))


def rows(sheet):
    for row in sheet.iter_rows():
        cells = [text(cell.value) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield [row[0].row] + cells


def main():
    out = pathlib.Path(sys.argv[1])
    with open(out / "index.csv", "w", newline="") as index:
        listing = csv.writer(index, lineterminator="\n")
        for path in sys.argv[2:]:
            workbook = openpyxl.load_workbook(path, data_only=True)
            for sheet in workbook.worksheets:
                name = f"{len(list(out.iterdir())):04}.csv"
                merged = " ".join(sorted(map(str, sheet.merged_cells.ranges)))
                listing.writerow(
                    [name, path, sheet.title, sheet.sheet_state != "visible", merged])
                with open(out / name, "w", newline="") as file:
                    csv.writer(file, lineterminator="\n").writerows(rows(sheet))


main()
