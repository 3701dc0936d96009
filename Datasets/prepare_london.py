#!/usr/bin/env python3
"""Prepare the worked example Datasets/london from published extracts.

    python3 Datasets/prepare_london.py EXTRACTS_DIR

EXTRACTS_DIR must hold the three source files named in SOURCES, byte for byte
as published (their SHA-256 is checked). Written to Datasets/london beside this
script: areas.csv, sectors.csv, subjects.csv, provision.csv and demand.csv.
Every figure is copied as published, markers ("NA", "[x]") included.

crosswalk.csv is written by hand and only checked here:
  - each profession in the demand file is either mapped, or listed with a
    reason in the unmapped table of README.md, and never both;
  - no row names an unknown profession, summary group or sector;
  - the weights of each profession sum to exactly 1;
  - each residual class "<summary group> (other)" goes wholly to the sector
    that holds more than half of the adverts of the group's other professions.

Standard library only; the same input gives the same bytes.
"""
import csv
import hashlib
import sys
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

OUT = Path(__file__).resolve().parent / "london"

SOURCES = {
    "provision/C_Achieve_ILR21_full-year-202122.csv":
        "e59a9037c1a947d3cb56df3430f35add1c6611ddde659faa13b0a01661676b77",
    "demand/D_OnsProfDetail_Dec22.csv":
        "18ffd231de9b2a7a49f272cff8af208913d74682a06ac1e45e5981eea4bf2753",
    "lookup/lsips.csv":
        "c33724aaa989862dc733714e7f483f9b80d81b9a2362a172250548f560c986a8",
}

# Sector Subject Area tier 1, names as the provision file spells them.
SECTORS = [
    ("01", "Health, Public Services and Care"),
    ("02", "Science and Mathematics"),
    ("03", "Agriculture, Horticulture and Animal Care"),
    ("04", "Engineering and Manufacturing Technologies"),
    ("05", "Construction, Planning and the Built Environment"),
    ("06", "Information and Communication Technology"),
    ("07", "Retail and Commercial Enterprise"),
    ("08", "Leisure, Travel and Tourism"),
    ("09", "Arts, Media and Publishing"),
    ("10", "History, Philosophy and Theology"),
    ("11", "Social Sciences"),
    ("12", "Languages, Literature and Culture"),
    ("13", "Education and Training"),
    ("14", "Preparation for Life and Work"),
    ("15", "Business, Administration and Law"),
]
PREPARATION = "14"                      # trains for no named occupation
UNKNOWN_SUBJECT = "Not Applicable/ Not Known"

# Names in the figures that no spelling in lsips.csv matches.
AREA_ALIASES = {
    "Enterprise M3 LEP (including all of Surrey)": "E69000009",
    "South East Midlands": "E69000027",
}
AREA_COUNT = 38                         # LSIP areas in December 2022

PROVISION_PERIOD = "2021/22"            # the file has no period column
DEMAND_PERIOD = "Dec 22"                # as in the file's time_period


def need(condition, message):
    if not condition:
        sys.exit("prepare_london: " + message)


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f, strict=True))


def write(name, header, rows):
    with open(OUT / name, "w", encoding="utf-8", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(header)
        w.writerows(rows)
    print(f"{name}: {len(rows)} rows, {(OUT / name).stat().st_size} bytes")


def area_codes(lsips, names):
    """Code of each area name in the figures.

    A code was in use in December 2022 when one of its names has no date of
    operation (the areas of the 2025 redraw all carry one). Later names of such
    a code are accepted: the figures already use "Gloucestershire" for what the
    lookup then called "G First (Gloucestershire)".
    """
    current = {r["lsip_code"] for r in lsips if not r["date_of_operation"].strip()}
    by_name = defaultdict(set)
    for r in lsips:
        if r["lsip_code"] in current:
            by_name[r["lsip_name"].strip()].add(r["lsip_code"])
    codes = {}
    for name in names:
        found = {AREA_ALIASES[name]} if name in AREA_ALIASES else by_name[name]
        need(len(found) == 1, f"area {name!r} matches {sorted(found)}")
        codes[name] = next(iter(found))
    need(set(codes.values()) == current and len(codes) == AREA_COUNT,
         f"{len(codes)} area names, {len(current)} codes, {AREA_COUNT} wanted")
    return codes


def readme_unmapped():
    """Professions in the table between the unmapped markers of README.md."""
    text = (OUT / "README.md").read_text(encoding="utf-8")
    need(text.count("<!-- unmapped -->") == 1 and text.count("<!-- /unmapped -->") == 1,
         "README.md lacks the unmapped table")
    body = text.split("<!-- unmapped -->")[1].split("<!-- /unmapped -->")[0]
    cells = [[c.strip() for c in line.strip("|").split("|")]
             for line in body.split("\n") if line.startswith("|")][2:]
    need(all(len(c) == 2 and all(c) for c in cells), "unmapped row lacks a reason")
    return {c[0] for c in cells}


def check_crosswalk(demand):
    path = OUT / "crosswalk.csv"
    raw = path.read_bytes()
    need(b"\r" not in raw and raw.endswith(b"\n"), "crosswalk.csv: line ends")
    rows = read(path)
    need(rows and list(rows[0]) == ["profession", "summary", "sector_code", "weight", "reason"],
         "crosswalk.csv: header")
    keys = [(r["profession"], r["sector_code"]) for r in rows]
    need(keys == sorted(set(keys)), "crosswalk.csv: not sorted or not unique")

    summary = {r["Detailed Profession Category"]: r["Summary Profession Category"] for r in demand}
    allowed = {code for code, _ in SECTORS} - {PREPARATION}
    weights = defaultdict(dict)
    for r in rows:
        p = r["profession"]
        need(p in summary, f"crosswalk.csv: unknown profession {p!r}")
        need(r["summary"] == summary[p], f"crosswalk.csv: summary group of {p!r}")
        need(r["sector_code"] in allowed, f"crosswalk.csv: sector of {p!r}")
        need(r["reason"].strip() == r["reason"] != "", f"crosswalk.csv: reason of {p!r}")
        weights[p][r["sector_code"]] = Fraction(r["weight"])
        need(weights[p][r["sector_code"]] > 0, f"crosswalk.csv: weight of {p!r}")
    for p, w in weights.items():
        need(sum(w.values()) == 1, f"crosswalk.csv: weights of {p!r} sum to {sum(w.values())}")

    unmapped = readme_unmapped()
    need(not unmapped & set(weights), f"mapped and unmapped: {sorted(unmapped & set(weights))}")
    both = unmapped | set(weights)
    need(both == set(summary),
         f"neither mapped nor listed: {sorted(set(summary) - both)}; unknown: {sorted(both - set(summary))}")

    adverts, suppressed = Counter(), Counter()
    for r in demand:
        p = r["Detailed Profession Category"]
        if r["vacancies"] == "[x]":
            suppressed[p] += 1
        else:
            adverts[p] += int(r["vacancies"])
    residual = {p for p, s in summary.items() if p == s + " (other)"}
    for p in residual & set(weights):
        share = Counter()
        for q, s in summary.items():
            if s == summary[p] and q != p:
                for code, w in weights.get(q, {}).items():
                    share[code] += adverts[q] * w
        code, most = share.most_common(1)[0]
        need(2 * most > sum(share.values()) and weights[p] == {code: 1},
             f"crosswalk.csv: {p!r} should follow sector {code}")

    print(f"crosswalk.csv: {len(rows)} rows, {path.stat().st_size} bytes; checked")
    for label, group in (("mapped", set(weights)), ("unmapped", unmapped)):
        print(f"  {label}: {len(group)} professions, {sum(adverts[p] for p in group)} adverts shown, "
              f"{sum(suppressed[p] for p in group)} cells [x]")


def main():
    need(len(sys.argv) == 2, "usage: prepare_london.py EXTRACTS_DIR")
    root = Path(sys.argv[1])
    for name, digest in SOURCES.items():
        need((root / name).is_file(), f"{name} not found")
        need(hashlib.sha256((root / name).read_bytes()).hexdigest() == digest,
             f"{name} is not the file this script was written for")
    provision_file, demand_file, lsips_file = (root / name for name in SOURCES)

    provision = [r for r in read(provision_file)
                 if r["geographic_level"] == "LSIP" and r["sex"] == "Total" and r["Level"] == "Total"]
    demand = [r for r in read(demand_file) if r["geographic_level"] == "LSIP"]
    names = {r["area"] for r in provision}
    need(names == {r["area"] for r in demand}, "the two files name different areas")
    codes = area_codes(read(lsips_file), sorted(names))

    order = {name: code for code, name in SECTORS}
    subjects = {r["SSA"] for r in provision}
    need(subjects == set(order) | {UNKNOWN_SUBJECT}, "unexpected subject names")
    need({r["time_period"] for r in demand} == {DEMAND_PERIOD}, "unexpected demand period")
    for r in provision:
        need(r["Achievements"] == "NA" or r["Achievements"].isdigit(), "unexpected achievements")
    for r in demand:
        need(r["vacancies"] == "[x]" or r["vacancies"].isdigit(), "unexpected adverts")

    # The unknown subject sorts after the fifteen sectors.
    prov = sorted((codes[r["area"]], order.get(r["SSA"], "99"), r["SSA"], r["Achievements"]) for r in provision)
    dem = sorted((codes[r["area"]], r["Detailed Profession Category"], DEMAND_PERIOD, r["vacancies"]) for r in demand)
    need(len({p[:3] for p in prov}) == len(prov) == AREA_COUNT * len(subjects), "provision cells")
    need(len({d[:2] for d in dem}) == len(dem), "demand cells repeat")

    write("areas.csv", ["code", "name"], sorted((c, n) for n, c in codes.items()))
    write("sectors.csv", ["code", "name"], SECTORS)
    write("subjects.csv", ["subject", "sector_code", "weight", "reason"],
          [(n, c, "1", f"The published subject name is the name of Sector Subject Area {c} (tier 1)")
           for c, n in SECTORS])
    write("provision.csv", ["area_code", "subject", "period", "achievements"],
          [(a, s, PROVISION_PERIOD, n) for a, _, s, n in prov])
    write("demand.csv", ["area_code", "profession", "period", "adverts"], dem)
    check_crosswalk(demand)


if __name__ == "__main__":
    main()
