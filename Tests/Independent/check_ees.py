"""Screens a data file and its metadata by the rules of explore education statistics.

Usage: check_ees.py DATA.csv. Prints a line for each rule that is broken; nothing where none is. Each rule names the
check of the public screener that has it (https://github.com/dfe-analytical-services/eesyscreener), from which it was
written; rules that need lists of places are left out, as are those of levels that are never written.
"""

import csv
import re
import sys
from pathlib import Path

LEVELS = {
    "National": ["country"], "Regional": ["region"], "Local authority district": ["lad"],
    "Local skills improvement plan area": ["lsip"], "English devolved area": ["english_devolved_area"],
    "Local enterprise partnership": ["local_enterprise_partnership"], "Parliamentary constituency": ["pcon"],
    "Ward": ["ward"],
}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]
SIX = ["Academic year", "Financial year", "Tax year", "Part 1 (April to September)", "Part 2 (October to March)",
       *(f"Financial year Q{n}" for n in range(1, 5))]
FOUR = ["Calendar year", "Reporting year", *MONTHS]
META = ["col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint",
        "filter_grouping_column"]
PLACES = {f"{stem}_{part}" for stems in LEVELS.values() for stem in stems for part in ("code", "name")}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    return header, [dict(zip(header, row, strict=True)) for row in rows]


def broken(path):
    meta_path = path.with_name(path.stem + ".meta.csv")
    header, rows = read(path)
    meta_header, meta = read(meta_path)
    filters = [row for row in meta if row["col_type"] == "Filter"]
    indicators = [row for row in meta if row["col_type"] == "Indicator"]
    names = [row["col_name"] for row in meta]
    rules = {
        "filename_spaces, filename_special": re.fullmatch(r"[a-z0-9_-]+\.csv", path.name) and len(meta_path.name) <= 50,
        "precheck_col_req_meta": set(META) <= set(meta_header),
        "precheck_col_invalid_meta": set(meta_header) <= {*META, "filter_default"},
        "precheck_col_req_data": {"time_period", "time_identifier", "geographic_level", "country_code",
                                  "country_name"} <= set(header),
        "precheck_col_to_rows": len(header) >= len(meta),
        "precheck_cross_meta_to_data": set(names) <= set(header),
        "precheck_cross_data_to_meta": set(header) - set(names) <= PLACES | {"time_period", "time_identifier",
                                                                           "geographic_level"},
        "check_col_names_spaces, check_col_snake_case": all(re.fullmatch(r"[a-z0-9_]+", name) for name in header),
        "check_col_var_start": all(name[0].isalpha() for name in header),
        "check_col_ind_smushed": not any(re.search("male|asian|white|black|english|welsh|irish|arab|roma", row["col_name"])
                                         for row in indicators),
        "precheck_meta_col_type": len(filters) + len(indicators) == len(meta) and indicators,
        "precheck_meta_ob_unit": not set(names) & {"time_period", "time_identifier", "geographic_level", *PLACES},
        "check_meta_dupe_label": len({row["label"] for row in meta}) == len(meta) and all(row["label"] for row in meta),
        "check_meta_col_name_dupe, check_col_dupes": len(set(names)) == len(names) and len(set(header)) == len(header),
        "check_meta_filter_hint": not any(row["filter_hint"] for row in indicators),
        "check_meta_indicator_grouping": not any(row["indicator_grouping"] for row in filters),
        "check_meta_ind_unit": not any(row["indicator_unit"] for row in filters),
        "check_meta_ind_unit_validation": {row["indicator_unit"] for row in indicators} <= {"", "%", "pp", "£", "£m",
                                                                                           "numberstring"},
        "check_meta_ind_dp_values": all(row["indicator_dp"].isdigit() for row in indicators),
        "check_meta_indicator_dp": not any(row["indicator_dp"] for row in filters),
        "check_general_null": not any(value in ("NA", "NULL", "NaN", "N/A") for row in rows for value in row.values()),
        "precheck_filter_not_singular": all(len({row[item["col_name"]] for row in rows}) > 1 for item in filters),
        "precheck_time_period_num": all(re.fullmatch(r"\d{4}|\d{6}", row["time_period"]) for row in rows),
        "precheck_time_id_valid": {row["time_identifier"] for row in rows} <= {*FOUR, *SIX},
        "check_time_period": all(len(row["time_period"]) == (6 if row["time_identifier"] in SIX else 4) for row in rows),
        "check_time_period_six": all((int(row["time_period"][:4]) + 1) % 100 == int(row["time_period"][4:])
                                     for row in rows if len(row["time_period"]) == 6),
        "precheck_geog_level": {row["geographic_level"] for row in rows} <= set(LEVELS),
        "check_filter_defaults": all(any(row[item["col_name"]] == (item.get("filter_default") or "Total") for row in rows)
                                     for item in filters),
        "check_filter_item_limit": all(len({row[item["col_name"]] for row in rows}) < 25_000 for item in filters),
        "check_filter_whitespace": all(row[item["col_name"]] == " ".join(row[item["col_name"]].split())
                                       for item in filters for row in rows),
        "check_filter_blanks": all(row[item["col_name"]] for item in filters for row in rows),
        "check_ind_invalid_entry": not any(row[item["col_name"]] in ("", "~", ":") for item in indicators for row in rows),
        "check_general_dupes": len({tuple(row[name] for name in header if name not in
                                          {item["col_name"] for item in indicators}) for row in rows}) == len(rows),
    }
    families = {tuple(family) for family in (MONTHS, SIX[3:5], SIX[5:])} | {(name,) for name in FOUR[:2] + SIX[:3]}
    used = {row["time_identifier"] for row in rows}
    rules["precheck_time_id_mix"] = any(used <= set(family) for family in families)
    rules["indicators are numbers or shorthand"] = all(
        row[item["col_name"]] in ("c", "x", "z", "low") or float(row[item["col_name"]]) is not None
        for item in indicators for row in rows)
    for level, stems in LEVELS.items():
        columns = [f"{stem}_{part}" for stem in ["country", *stems] for part in ("code", "name")]
        others = [name for name in header if name in PLACES and name not in columns]
        at_level = [row for row in rows if row["geographic_level"] == level]
        rules[f"check_geog_level_completed: {level}"] = all(row.get(name) for row in at_level for name in columns)
        rules[f"check_geog_overcompleted_cols: {level}"] = not any(row[name] for row in at_level for name in others)
    return [rule for rule, holds in rules.items() if not holds]


print("\n".join(broken(Path(sys.argv[1]))), end="")
