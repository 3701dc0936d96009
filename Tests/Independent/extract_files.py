"""The real extracts as rows, and the lookups as maps.

Every layout below was looked up by hand in its file, and nothing is recognised.
"""
import csv
import gzip
import json
import math
import re
import sys
import warnings
from functools import lru_cache

import openpyxl

warnings.simplefilter("ignore")
EXTRACTS, CASES, DATASETS = sys.argv[1:4]


# Files, row by row: each row is a mapping from column names to texts or numbers.

@lru_cache(maxsize=None)
def table(path, delimiter=","):
    path = path if path[0] == "/" else f"{EXTRACTS}/{path}"
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(
        path, encoding="utf-8-sig", newline="")
    with opened as file:
        return list(csv.DictReader(file, delimiter=delimiter))


@lru_cache(maxsize=None)
def workbook(path):
    return openpyxl.load_workbook(f"{EXTRACTS}/{path}", data_only=True, read_only=True)


@lru_cache(maxsize=None)
def sheet(path, name):
    book = workbook(path)
    book[name].reset_dimensions()
    rows = [list(row) for row in book[name].iter_rows(values_only=True)]
    width = max(len(row) for row in rows)
    return [row + [None] * (width - len(row)) for row in rows]


def text_rows(path):
    with open(f"{EXTRACTS}/{path}", encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def areas_of_label(label):
    kind, _, name = label.partition(":")
    return {"type": kind, "area": name}


def jobs_by_region(numbers):
    """JOBS05: sections on line 5, letters on line 6, months below to the first blank line."""
    names = ["North East", "North West", "Yorkshire and The Humber", "East Midlands",
             "West Midlands", "East of England", "London", "South East", "South West", "England"]
    for number in numbers:
        rows = sheet("demand/JOBS05_workforce_jobs_by_region_industry.xlsx",
                     f"{number}. {names[number - 1]}")
        letters = rows[5]
        for row in rows[6:]:
            if row[0] is None:
                break
            for at in range(2, 24):
                yield {"area": names[number - 1], "section": letters[at],
                       "period": row[0].strip(), "value": row[at]}


def vacancies_by_industry():
    """VACS02: headings on lines 4 to 6; months, and below them changes between months."""
    rows = sheet("demand/VACS02_vacancies_by_industry_SIC07.xlsx", "levels")
    for row in rows[8:]:
        if row[0] and isinstance(row[2], (int, float)):
            for at in range(2, 25):
                yield {"section": str(rows[4][at]), "period": row[0], "value": row[at]}


def all_vacancies():
    """VACS01: headings on lines 4 and 5; the months stand in a column without one."""
    for row in sheet("demand/VACS01_vacancies_unemployment_2001_2025.xlsx", "VACS01")[5:]:
        if row[0] and isinstance(row[2], (int, float)):
            yield {"period": row[0], "value": row[2]}


def adverts(name):
    rows = sheet("demand/referencetablesupdated.xlsx", name)
    first = 2 if name == "1" else 1
    for row in rows[4:]:
        if row[0]:
            for at in range(first, first + 6):
                yield {"area": row[0], "period": str(rows[3][at]), "value": row[at]}


def stacked(path, width, step):
    """Blocks of a Nomis workbook: a date three or four lines above the headings, areas below."""
    date, heading = None, None
    for row in sheet(path, "Data"):
        label = row[0]
        if label == "date":
            date = str(row[1])
        elif label == "Area":
            heading = row
        elif label and ":" in str(label) and heading and row[1] is not None:
            for at in range(1, width, step):
                yield {**areas_of_label(label), "category": heading[at], "period": date,
                       "value": row[at]}


def occupations_across():
    rows = text_rows("nomis/Employment by occupation - Dec 2021 - SOC2010 - APS.csv")
    for row in rows[2:]:
        for at in range(1, 622, 3):
            yield {**areas_of_label(rows[0][at]), "category": row[0], "value": row[at]}


def sectors_across(year):
    rows = text_rows(f"nomis/Employment by sector - BRES {year}.csv")
    for row in rows[2:]:
        for at in range(1, 79, 2):
            yield {**areas_of_label(row[0]), "category": rows[0][at], "value": row[at]}


def commuters():
    rows = text_rows("nomis/WF02EW LAD2011.csv")
    for row in rows[11:357]:
        for at in range(1, 347):
            yield {"origin": row[0], "destination": rows[9][at], "value": row[at]}


# Maps, each a mapping from a code to weights by target.

def day(text, default):
    if not text:
        return default
    if len(text) == 4:
        return text + "-01-01"
    return "-".join(reversed(text.split("/"))) if "/" in text else text


def lookup(path, source, target, weight=None, where=None, span=None, trim=False):
    """A map of a file's columns; with a weight, divided by each code's sum."""
    sums = {}
    for row in table(path):
        if where and not where(row):
            continue
        if span:
            first, last, wanted = span
            end = row[last] if len(row[last]) != 4 else str(int(row[last]) + 1)
            if not day(row[first], "0") <= wanted < day(end, "9999"):
                continue
        codes = [row[name].strip() if trim else row[name] for name in (source, target)]
        share = sums.setdefault(codes[0], {})
        share[codes[1]] = share.get(codes[1], 0) + (float(row[weight]) if weight else 1)
    for share in sums.values():
        total = sum(share.values())
        for code in share:
            share[code] = share[code] / total if total else 0
    return sums


def chain(first, *others):
    for other in others:
        joined = {}
        for code, share in first.items():
            ends = joined.setdefault(code, {})
            for middle, weight in share.items():
                for end, part in other.get(middle, {}).items():
                    ends[end] = ends.get(end, 0) + weight * part
        first = joined
    return first


def names(path, source, target):
    return lookup(path, source, target)


REGISTERED = [f"E1200000{number}" for number in range(1, 10)]
SECTIONS = "ABCDEFGHIJKLMNOPQRS"
PLAN_AREAS = names(f"{DATASETS}/london/areas.csv", "name", "code")
REGION_NAMES = names(f"{CASES}/region-names.csv", "name", "code")
REGIONS = lookup("lookup/regions.csv", "region_name", "region_code",
                 where=lambda row: row["region_code"] in REGISTERED)
DISTRICT_NAMES = names("lookup/ltla_centroids.csv", "name", "code")
THREE = lookup("lookup/lads.csv", "lad_name", "lad_code",
               where=lambda row: row["lad_code"] in ("E06000001", "E06000005", "E06000047"))
TO_2021 = names("lookup/Local_Authority_District_(2011)_to_Local_Authority_District_(2021)_Lookup_for_"
                "England_and_Wales.csv", "LAD11CD", "LAD21CD")
NAMES_2011 = chain(names("lookup/LocalAuthorityDistricts2011.csv", "LAD11NM", "LAD11CD"), TO_2021)
YEARS = ("first_available_year_included", "most_recent_year_included", "2023-01-01")
SUBJECTS = names(f"{DATASETS}/london/subjects.csv", "subject", "sector_code")
PROFESSIONS = names(f"{DATASETS}/london/crosswalk.csv", "profession", "sector_code")
INDUSTRIES = chain(
    names(f"{CASES}/subjects.csv", "subject", "leo_subject"),
    lookup("crosswalk/leo_subject_by_industry_region_level.csv", "Subject", "Sector",
           "number_students_sub", lambda row: row["Region"] == "England"
           and row["Level_order"] == "All levels" and row["number_students_sub"] != "low"),
    names(f"{CASES}/leo-industries.csv", "leo_industry", "code"))


def plan_areas(wanted):
    return lookup("lookup/lsips.csv", "lsip_name", "lsip_code", trim=True,
                  span=("date_of_operation", "date_of_termination", wanted))


def districts_to_plan_areas(column):
    return lookup("lookup/lsip_lad_hierarchy.csv", column, "lsip_code", span=YEARS)


def own(codes):
    return {code: {code: 1} for code in codes}


# Rows.

def part(pattern, text):
    found = re.search(pattern, text)
    return found.group(1) if found else text


def column(name, pattern=None):
    return lambda row: part(pattern, row[name]) if pattern else row[name]


def only(**wanted):
    """Keeps rows whose columns hold one of some texts."""
    sets = {name: {texts} if isinstance(texts, str) else set(texts)
            for name, texts in wanted.items()}
    return lambda row: all(row[name].strip() in texts for name, texts in sets.items())
