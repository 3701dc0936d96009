"""What is expected of a file: columns, roles and counts by this script's own reading (csv, openpyxl)."""
import collections, csv, gzip, json, re, sys, warnings
import openpyxl
warnings.simplefilter("ignore")
csv.field_size_limit(10**9)
ROOT = sys.argv[1]
OUT = {}
LEVEL = {"E92": "country", "W92": "country", "K04": "England and Wales", "J99": "outside England and Wales",
         "E12": "region", "E13": "inner or outer London", "E10": "county", "E47": "combined authority",
         "E61": "Greater London Authority", "E69": "LSIP", "E37": "LEP"}
for p in "E06 E07 E08 E09 W06 S12 N09".split():
    LEVEL[p] = "district"

def is_number(t):
    return re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|\d{1,3}(,\d{3})+", t) is not None

def levels(texts):
    found = collections.Counter()
    for t in texts:
        found[LEVEL[t[:3]] if re.fullmatch(r"[A-Z]\d{8}", t) else "no code"] += 1
    return dict(sorted(found.items()))

def describe(entry, rows, header, roles, more):
    columns = {h: [r[i] if i < len(r) else "" for r in rows] for i, h in enumerate(header)}
    entry["rows"] = len(rows)
    entry["columns"] = len(header)
    entry["roles"] = roles
    for name, role in roles.items():
        texts = columns[name]
        filled = [t for t in texts if t.strip()]
        if role == "area code":
            entry.setdefault("levels", {})[name] = levels(set(filled))
        if role == "value":
            marks = collections.Counter(t for t in filled if not is_number(t))
            if marks:
                entry.setdefault("markers", {})[name] = dict(marks)
        if role == "period":
            entry.setdefault("periodCounts", {})[name] = len(set(filled))
    entry.update(more)

def text(path, roles, **more):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(f"{ROOT}/{path}", "rb") as f:
        raw = f.read()
    lines = csv.reader(raw.decode("utf-8-sig").splitlines(keepends=True), delimiter="\t" if path.endswith("tsv") else ",")
    rows = [r for r in lines]
    body = raw[3:] if raw[:3] == b"\xef\xbb\xbf" else raw
    entry = {"format": "gzip of delimited text" if path.endswith(".gz") else "delimited text",
             "encoding": ("ASCII" if body.isascii() else "UTF-8") + (" BOM" if body is not raw else ""),
             "lineEnds": "CRLF" if b"\r\n" in raw else "LF",
             "delimiter": "tab" if path.endswith("tsv") else "comma", "reader": "table", "header": [1]}
    describe(entry, rows[1:], rows[0], roles, more)
    OUT[path] = entry

def roles(spec):
    """`role: a, b; role: c` -> names to roles."""
    found = {}
    for part in spec.split(";"):
        role, names = part.split(":", 1)
        for n in names.split("|"):
            found[n.strip(" ")] = role.strip()
    return found

def wide(path, spec, across, rounding, **more):
    """A table with a value column for each heading that begins with one of `across`."""
    opened = gzip.open if path.endswith(".gz") else open
    with opened(f"{ROOT}/{path}", "rt", encoding="utf-8") as f:
        names = [n for n in next(csv.reader(f)) if n.startswith(across)]
    text(path, roles(f"{spec};value:{'|'.join(names)}"), headings={"role": "period", "count": len(names)},
         rounding={n: rounding for n in names}, duplicates=0, **more)

def odd(path, **entry):
    OUT[path] = entry

def cell(v):
    if v is None: return ""
    if isinstance(v, float) and v == int(v): return str(int(v))
    return str(v)

def sheet(path, name, header, first, last, roles, **more):
    ws = openpyxl.load_workbook(f"{ROOT}/{path}", data_only=True)[name]
    rows = [[cell(v) for v in r] for r in ws.iter_rows(min_row=first, max_row=last, values_only=True)]
    rows = [r for r in rows if any(t.strip() for t in r)]
    entry = {"format": "workbook", "header": header, "rows": len(rows), "roles": roles}
    entry.update(more)
    OUT[f"{path}[{name}]"] = entry
