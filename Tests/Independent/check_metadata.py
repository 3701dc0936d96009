"""Reads tables by their descriptions with the package csvw, and says how many rows and numbers they hold.

Usage: check_metadata.py FOLDER. Prints a line for each description: table, rows, numbers.
"""

import csv
import sys
from pathlib import Path

from csvw import CSVW

for path in sorted(Path(sys.argv[1]).glob("*-metadata.json")):
    described = CSVW(str(path), validate=True)
    if not described.is_valid:
        sys.exit(f"{path}: not valid")
    (table,) = described.tables
    described.tablegroup.check_referential_integrity()
    table.check_primary_key()
    with open(path.parent / str(table.url), encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    if header != [str(column.titles.getfirst()) for column in table.tableSchema.columns]:
        sys.exit(f"{path}: other columns than the table has")
    rows = list(table.iterdicts(strict=True, with_metadata=False))
    numbers = sum(isinstance(value, (int, float)) for row in rows for value in row.values())
    print(f"{table.url},{len(rows)},{numbers}")
