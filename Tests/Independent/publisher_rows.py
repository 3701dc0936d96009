#!/usr/bin/env python3
"""publisher_rows.py WHAT FILE [SHEET]: rows of one real file by its known layout, or a sheet's records.

An independent reading for the reader tests: every offset below was looked up by hand in the file, and
nothing is recognised. One JSON list per line: [line, column, [fields]]; for `records`: [line, [cells]].
Needs Python's standard library, and openpyxl for .xlsx.
"""
import csv
import json
import re
import sys


def text_rows(path):
    """(line, cells) of every record, blank ones included."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        before = 0
        for cells in reader:
            yield before + 1, cells
            before = reader.line_num


def sheet_rows(path, sheet):
    import openpyxl
    workbook = openpyxl.load_workbook(path, data_only=True)
    for line, cells in enumerate(workbook[sheet].iter_rows(values_only=True), 1):
        yield line, ["" if cell is None else str(cell) for cell in cells]


def split_area(text, default):
    found = re.match(r"(?s)([A-Za-z][A-Za-z0-9 ]*):(.*)", text)
    return list(found.groups()) if found else [default, text]


def occupation(path):
    rows = list(text_rows(path))
    areas = rows[0][1]
    for line, cells in rows[2:]:
        for at in range(1, 622, 3):
            yield line, at + 1, split_area(areas[at], "") + [
                cells[0], "", cells[at], cells[at + 1], cells[at + 2]]


def sector(path):
    rows = list(text_rows(path))
    names = rows[0][1]
    for line, cells in rows[2:]:
        for at in range(1, 79, 2):
            yield line, at + 1, split_area(cells[0], "Area") + [
                names[at], "", cells[at], cells[at + 1], "", "number"]


def density(path):
    for line, cells in list(text_rows(path))[10:358]:
        yield line, 2, [
            "local authority: district / unitary (prior to April 2015)", cells[0], "", "2011",
            cells[1], "", "", "All usual residents", "Persons", "Total", "All usual residents"]


def flows(path):
    rows = list(text_rows(path))
    names = rows[9][1]
    for line, cells in rows[11:357]:
        for at in range(1, 347):
            yield line, at + 1, [
                cells[0], names[at], cells[at],
                "All usual residents aged 16 and over in employment the week before the census",
                "Persons", "2011", "All persons"]


def stacked_occupation(path):
    rows = list(sheet_rows(path, "Data"))
    for top in (0, 414, 828, 1242, 1653):
        date = rows[top + 3][1][1]
        names = rows[top + 6][1]
        for line, cells in rows[top + 8:top + 404]:
            for at in range(1, 76, 3):
                yield line, at + 1, split_area(cells[0], "Area") + [
                    names[at], date, cells[at], cells[at + 1], cells[at + 2], "number", date,
                    "95% confidence interval (+/-)"]


def stacked_sizes(path):
    rows = list(sheet_rows(path, "Data"))
    names = ["Total", "Micro (0 to 9)", "Small (10 to 49)", "Medium-sized (50 to 249)",
             "Large (250+)"]
    date = ""
    for line, cells in rows:
        if cells[0] == "date":
            date = cells[1]
        elif ":" in cells[0] and cells[5].isdigit():
            for at in range(1, 6):
                yield line, at + 1, split_area(cells[0], "Area") + [
                    names[at - 1], date, cells[at], "", "", date, "Total", "Total"]


def titled(path, sheet):
    first, last, width = {"1": (5, 335, 8), "2": (5, 17, 7), "6": (5, 52, 4)}[sheet]
    for line, cells in list(sheet_rows(path, sheet))[first - 1:last]:
        yield line, None, [re.sub(r" *\[note [0-9, ]*\]", "", cell) for cell in cells[:width]]


def records(path, sheet):
    for line, cells in sheet_rows(path, sheet):
        yield line, cells


KINDS = {kind.__name__: kind for kind in (
    occupation, sector, density, flows, stacked_occupation, stacked_sizes, titled, records)}

if __name__ == "__main__":
    for row in KINDS[sys.argv[1]](*sys.argv[2:]):
        print(json.dumps(row))
