"""make_workbook.py OUT: a workbook by openpyxl with values of every type that it writes.

Dates and times in many formats, numbers over many magnitudes, truth values, errors, texts of many
alphabets with line breaks, merged cells, gaps and a hidden sheet; the same every time.
"""
import datetime
import random
import sys

import openpyxl

FORMATS = [
    "yyyy-mm-dd", "dd/mm/yyyy", "d-mmm-yy", "mmm yyyy", "[$-809]dd mmmm yyyy;@", "m/d/yy h:mm",
    "dd/mm/yyyy hh:mm:ss", 'yyyy"y"', "General", "0.00", '0 "days"', "#,##0_);[Red](#,##0)", "0%",
]
TEXTS = ["plain", " spaces ", "two\nlines", "Ŵyr & <b>", "日本語", "emoji 🙂", "1,250", "007", "low"]


def main():
    chance = random.Random(3)
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Dates & <numbers>"
    for row in range(1, 400):
        for column in range(1, 12):
            kind = chance.randrange(8)
            cell = sheet.cell(row, column)
            if kind == 0:
                day = datetime.datetime(1900, 3, 1) + datetime.timedelta(chance.randrange(80_000))
                cell.value = day
                cell.number_format = chance.choice(FORMATS[:8])
            elif kind == 1:
                cell.value = datetime.datetime(2020, 1, 1) + datetime.timedelta(
                    seconds=chance.randrange(10**8))
                cell.number_format = chance.choice(FORMATS[5:7])
            elif kind == 2:
                cell.value = datetime.time(chance.randrange(24), chance.randrange(60), 1)
            elif kind in (3, 4):
                digits = chance.choice([0, 1, 15, 17])
                cell.value = round(chance.uniform(-1, 1) * 10 ** chance.randrange(-8, 18), digits)
                cell.number_format = chance.choice(FORMATS[8:])
            elif kind == 5:
                cell.value = chance.choice(TEXTS)
            elif kind == 6:
                cell.value = chance.choice([True, False, "#N/A", "#DIV/0!", 0, -1, 1e300])
    sheet.merge_cells("N1:P2")
    sheet["N1"] = "merged"
    hidden = workbook.create_sheet("Hidden")
    hidden.sheet_state = "hidden"
    hidden["C7"] = 1
    workbook.save(sys.argv[1])


main()
