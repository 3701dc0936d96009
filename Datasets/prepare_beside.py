#!/usr/bin/env python3
"""Prepare the worked example Datasets/beside from published extracts.

    python3 Datasets/prepare_beside.py EXTRACTS_DIR

Written to Datasets/beside beside this script. Figures are copied as published. Added are bounds of enterprise counts,
which say how far rounding can have moved a count: controlled rounding to base 5 by at most 4 in each district, and
rounding to 5 by at most 2 in each of the districts that an area's count was added up from.

Standard library only; the same input gives the same bytes.
"""
import sys
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from lsip_figures import CODES, HERE, area_code, read, write

OUT = HERE / "beside"

DEMOGRAPHY = "business/businessdemographyexceltables2024.xlsx"
SHEETS = {"births": "Table 1.1d", "deaths": "Table 2.1d", "active": "Table 3.1d"}
INDUSTRIES = "business/enterprise_count_industry_size_mar2020_mar2024_lsip_ca_england.csv"
LABOUR = "labour/aps_status_apr2020_mar2025_lsip_ca_england.csv"
QUALIFICATIONS = "labour/aps_qualifications_2020_2024_lsip_ca_england.csv"
DESTINATIONS = "outcomes/sustained_destinations_ks4_ks5_ay1819_ay2223_lsip_ca_england.csv"
LOOKUP = "lookup/lsip_lad_hierarchy.csv"

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet(path, name):
    """The rows of a sheet as texts by column letter."""
    with zipfile.ZipFile(path) as book:
        def part(name):
            return ElementTree.fromstring(book.read(name))
        shared = ["".join(t.text or "" for t in item.iter(MAIN + "t")) for item in part("xl/sharedStrings.xml")]
        targets = {link.get("Id"): link.get("Target") for link in part("xl/_rels/workbook.xml.rels")}
        ids = {item.get("name"): item.get(LINK) for item in part("xl/workbook.xml").find(MAIN + "sheets")}
        for row in part("xl/" + targets[ids[name]].removeprefix("/xl/")).find(MAIN + "sheetData"):
            cells = {}
            for cell in row:
                value = cell.find(MAIN + "v")
                if value is not None:
                    text = shared[int(value.text)] if cell.get("t") == "s" else value.text
                    cells[cell.get("r").rstrip("0123456789")] = text.strip()
            yield cells


def main(extracts):
    def lsips(path, **wanted):
        return [
            row for row in read(extracts / path)
            if row["Area"].endswith(" LSIP") and all(row[key] in values for key, values in wanted.items())
        ]

    lookup = {
        row["lad_code"]: (row["lad_code"], row["lad_name"].strip(), row["lsip_code"])
        for row in read(extracts / LOOKUP)
        if row["first_available_year_included"] == "2023"
        and row["lsip_code"] in CODES.values()
    }
    districts = Counter(area for _, _, area in lookup.values())
    assert len(districts) == 38, districts

    enterprises = []
    for measure, name in SHEETS.items():
        for cells in sheet(extracts / DEMOGRAPHY, name):
            if cells.get("A") in lookup:
                count = int(cells["C"])
                enterprises.append((cells["A"], measure, "2024", count, max(0, count - 4), count + 4))
    assert len(enterprises) == 3 * len(lookup), (len(enterprises), len(lookup))

    industries = []
    for row in lsips(INDUSTRIES, Breakdown={"Industry"}):
        area = area_code(row["Area"])
        for period in ["Mar 2020", "Mar 2024"]:
            count, slack = int(row[period]), 2 * districts[area]
            industries.append(
                (area, row["Subgroup"], period, count, max(0, count - slack), count + slack))

    write(OUT / "districts.csv", ["district_code", "district", "area_code"], lookup.values())
    write(OUT / "enterprises.csv", ["district_code", "measure", "period", "count", "lower", "upper"], enterprises)
    write(OUT / "industries.csv", ["area_code", "industry", "period", "enterprises", "lower", "upper"], industries)
    write(OUT / "labour.csv", ["area_code", "measure", "period", "people"], [
        (area_code(row["Area"]), row["metric"], row["Period"], int(float(row["valueText"])))
        for row in lsips(LABOUR, metric={"unemployed", "inemployment"}, Breakdown={"Total"},
                         Period={"Apr 2024-Mar 2025"})
    ])
    write(OUT / "qualifications.csv", ["area_code", "highest_qualification", "period", "people"], [
        (area_code(row["Area"]), row["metric"].removeprefix("qual"), "2024", int(float(row["Jan 2024-Dec 2024"])))
        for row in lsips(QUALIFICATIONS, Breakdown={"Total"})
    ])
    write(OUT / "destinations.csv", ["area_code", "period", "rate"], [
        (area_code(row["Area"]), row["Period"], row["valueText"])
        for row in lsips(DESTINATIONS, metric={"sustainedPositiveDestinationKS5Rate"}, Breakdown={"Total"})
    ])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
