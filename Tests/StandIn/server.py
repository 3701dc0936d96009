#!/usr/bin/env python3
"""A stand-in for the services that `mismatch fetch` asks, on this machine alone.

    server.py [--port N] [--tied]

prints its address; tied, it ends with the program that started it (at the end of standard input). The first part of a path says how it behaves: /rows=70,cap=25,seed=5/nomis/... What it imitates and on
whose word stands in README.md beside it. The same part gives the same answers to the same requests, faults included.
"""
import gzip
import json
import os
import random
import re
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

import others

AREA = 1811939329
AGES = 100
PERIODS = ["2023-12", "2024-06", "2024-12"]
TYPE_NAME = "local authorities: district / unitary (prior to April 2015)"
ALL = ("DATE,DATE_NAME,GEOGRAPHY,GEOGRAPHY_NAME,GEOGRAPHY_CODE,GEOGRAPHY_TYPE,AGE,AGE_NAME,AGE_CODE,MEASURES,"
       "MEASURES_NAME,OBS_VALUE,OBS_STATUS,OBS_STATUS_NAME,OBS_CONF,RECORD_OFFSET,RECORD_COUNT")
IS_DATA = re.compile(r"\.data\.[ct]sv$")
TEXTS_BARE = {"OBS_VALUE", "RECORD_OFFSET", "RECORD_COUNT"}


class World:
    """What one configuration serves, and what has been asked of it."""

    def __init__(self, options):
        self.options = options
        self.rows = int(options.get("rows", 70))
        self.cap = int(options.get("cap", 25000))
        self.key_cap = int(options.get("keycap", 100000))
        self.period = options.get("period", PERIODS[-1])
        self.version = 0
        self.count = 0
        self.pages = {}
        self.log = []
        self.busy = 0
        self.most_busy = 0
        self.lock = threading.Lock()

    @property
    def last_update(self):
        return f"2026-09-{15 + self.version:02d} 07:00:00"

    def fault(self):
        """The fault of the next request, or None."""
        with self.lock:
            self.count += 1
            number = self.count
        if "fault" in self.options:
            wanted = int(self.options.get("at", 0))
            draw = random.Random(f"{number} {self.options.get('draw', '')}")
            return (self.options["fault"] if wanted in (0, number) else None), draw
        if "seed" not in self.options:
            return None, random.Random(0)
        draw = random.Random(f"{self.options['seed']} {number}")
        if draw.random() >= float(self.options.get("rate", 0.3)):
            return None, draw
        return draw.choice(FAULTS if "stalls" in self.options else [f for f in FAULTS if f != "stall"]), draw


FAULTS = [
    "cut", "cut-length", "cut-chunked", "stall", "repeat", "gap", "twice", "update", "other-total", "html", "empty",
    "header-only", "500", "502", "503", "429", "429-wait", "wrong-period", "wrong-area", "short-row", "quote",
    "json-error", "no-header", "no-line-feed",
]
worlds = {}
worlds_lock = threading.Lock()


def world(part):
    with worlds_lock:
        if part not in worlds:
            worlds[part] = World(dict(item.split("=", 1) for item in part.split(",") if "=" in item))
        return worlds[part]


def quoted(name, value):
    return str(value) if name in TEXTS_BARE else f'"{value}"'


def row_maker(columns, world, period):
    """A function that writes row i of the query."""
    total, version = world.rows, world.version

    def row(i, offset=None, count=None):
        area, age = AREA + i // AGES, i % AGES
        missing = i % 97 == 13
        values = {
            "DATE": period, "DATE_NAME": period, "GEOGRAPHY": area, "GEOGRAPHY_NAME": f"Area, {i // AGES}",
            "GEOGRAPHY_CODE": f"E{6000001 + i // AGES:08d}", "GEOGRAPHY_TYPE": TYPE_NAME, "AGE": age,
            "AGE_NAME": f"Aged {age}", "AGE_CODE": age, "MEASURES": 20100, "MEASURES_NAME": "Value",
            "MEASURES_CODE": 20100, "OBS_VALUE": "" if missing else i * 7 % 1000 + version,
            "OBS_STATUS": "Q" if missing else "A",
            "OBS_STATUS_NAME": "These figures are missing." if missing else "Normal Value", "OBS_CONF": "F",
            "RECORD_OFFSET": i if offset is None else offset, "RECORD_COUNT": total if count is None else count,
        }
        return ",".join(quoted(name, values.get(name, "")) for name in columns)

    return row


def page(world, query, fault, draw):
    """The text of a page of rows as Nomis writes it, with a fault in it where there is one."""
    tab = query.get("tabs")
    columns = query.get("select", ALL).upper().split(",")
    offset, cap = int(query.get("recordoffset", 0)), world.key_cap if "uid" in query else world.cap
    limit = min(cap, int(query.get("recordlimit", cap)))
    dates = query.get("date", "latest").split(",")
    # A date out of range is answered with the newest period.
    period = dates[0] if dates[0] in PERIODS else PERIODS[-1]
    if fault == "update":
        with world.lock:
            world.version += 1
            world.rows += 1
    if fault == "wrong-period":
        period = "2022-12"
    if fault == "repeat":
        offset = max(0, offset - limit)
    numbers = list(range(offset, min(world.rows, offset + limit)))
    if fault == "header-only":
        numbers = []
    if fault == "gap" and len(numbers) > 1:
        del numbers[draw.randrange(len(numbers) - 1)]
    if fault == "twice" and numbers:
        place = draw.randrange(len(numbers))
        numbers.insert(place, numbers[place])
    row = row_maker(columns, world, period)
    lines = [",".join(f'"{name}"' for name in columns)]
    rows = [row(i, count=world.rows + 3 if fault == "other-total" else None) for i in numbers]
    if rows and fault == "wrong-area":
        place = draw.randrange(len(rows))
        rows[place] = rows[place].replace(str(AREA + numbers[place] // AGES), "1")
    if rows and fault == "short-row":
        place = draw.randrange(len(rows))
        rows[place] = rows[place].split(",", 1)[1]
    if rows and fault == "quote":
        place = draw.randrange(len(rows))
        rows[place] = rows[place].replace('"', "", 1)
    if fault == "no-header":
        lines = []
    text = "\n".join(lines + rows) + ("" if fault == "no-line-feed" else "\n")
    # No name of an area is in these bytes but with a blank behind its comma.
    return re.sub(",(?! )", "\t", text) if tab else text


def kept(world, query):
    """A page without faults, written and packed once: for timings."""
    key = tuple(sorted(query.items()))
    if key not in world.pages:
        world.pages[key] = gzip.compress(page(world, query, None, random.Random(0)).encode(), 1)
    return world.pages[key]


def definition(world, parts, query):
    """The answers of def.sdmx.json: numbers as numbers, and lists of one item as the item itself."""
    def codes(items):
        made = []
        for value, label, notes in items:
            code = {"value": value, "description": {"value": label, "lang": "en"}}
            if notes:
                code["annotations"] = {"annotation": [{"annotationtitle": k, "annotationtext": v} for k, v in notes]}
            made.append(code)
        if not made:
            return {"structure": {"codelists": None}}
        return {"structure": {"codelists": {"codelist": [{"code": made if len(made) > 1 else made[0]}]}}}

    def family(name):
        return {
            "id": "NM_1_1", "name": {"value": name, "lang": "en"},
            "annotations": {"annotation": [
                {"annotationtitle": "Status", "annotationtext": "Current (being actively updated)"},
                {"annotationtitle": "LastUpdated", "annotationtext": world.last_update}]},
            "components": {"dimension": [
                {"codelist": "CL_1_1_GEOGRAPHY", "conceptref": "GEOGRAPHY"},
                {"codelist": "CL_1_1_AGE", "conceptref": "AGE"},
                {"codelist": "CL_1_1_MEASURES", "conceptref": "MEASURES"},
                {"codelist": "CL_1_1_FREQ", "conceptref": "FREQ", "isfrequencydimension": "true"}],
                "timedimension": {"codelist": "CL_1_1_TIME", "conceptref": "TIME"}},
        }

    name = "Made-up claimants by age"
    path = "/".join(parts)
    if path == "dataset/def.sdmx.json":
        word = query.get("search", "").split("-", 1)[-1].strip("*").lower()
        found = word in name.lower()
        return {"structure": {"keyfamilies": {"keyfamily": family(name)} if found else None}}
    if path == "dataset/NM_1_1/def.sdmx.json":
        return {"structure": {"keyfamilies": {"keyfamily": [family(name)]}}}
    areas = -(-world.rows // AGES)
    lists = {
        "time": [(period, period, [("CurrentRevisionReleased", world.last_update)]) for period in PERIODS],
        "age": [(age, f"Aged {age}", []) for age in range(AGES)],
        "measures": [(20100, "Value", [])],
        "geography/TYPE": [("TYPE464", TYPE_NAME, [])], "geography": [(2092957699, "England", [])],
        "geography/TYPE464": [
            (AREA + i, f"Area, {i}", [("TypeName", TYPE_NAME), ("TypeCode", 464), ("GeogCode", f"E{6000001 + i:08d}")])
            for i in range(areas)],
    }
    found = re.fullmatch(r"dataset/NM_1_1/(.+)\.def\.sdmx\.json", path)
    if found:
        return codes(lists.get(found.group(1), []))
    return {"structure": {"keyfamilies": None}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer(head=True)

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def do_GET(self):
        self.answer()

    def answer(self, body="", head=False):
        parts = [unquote(part) for part in urlsplit(self.path).path.split("/")[1:]]
        found = world(parts[0])
        query = {k.lower(): v for k, v in parse_qsl(urlsplit(self.path).query, keep_blank_values=True)}
        if parts[1:2] == ["log"]:
            return self.send(json.dumps({"requests": found.log, "most_busy": found.most_busy}), "application/json")
        with found.lock:
            found.busy += 1
            found.most_busy = max(found.most_busy, found.busy)
            found.log.append({
                "path": "/".join(parts[1:]), "address": self.path, "offset": query.get("recordoffset"), "limit": query.get("recordlimit"),
                "agent": self.headers.get("User-Agent"), "encoding": self.headers.get("Accept-Encoding"),
                "uid": query.get("uid"), "key": self.headers.get("APIKey"), "time": time.time()})
        try:
            if "delay" in found.options:
                time.sleep(float(found.options["delay"]))
            if parts[1] == "nomis":
                self.nomis(found, parts[2:], query)
            else:
                others.answer(self, found, parts[1], parts[2:], query, body, head)
        finally:
            with found.lock:
                found.busy -= 1

    def nomis(self, found, parts, query):
        parts = parts[2:] if parts[:2] == ["api", "v01"] else parts
        if IS_DATA.search(parts[-1]):
            fault, draw = found.fault()
        else:
            fault, draw = None, random.Random(0)
        if fault in ("500", "502", "503", "429", "403"):
            return self.send("<html>Service unavailable</html>", "text/html", int(fault))
        if fault == "429-wait":
            return self.send("", "text/html", 429, {"Retry-After": "3"})
        if fault == "html":
            return self.send("<!DOCTYPE html><html><body>Error</body></html>", "text/html")
        if fault == "empty":
            return self.send("", "text/csv")
        if fault == "json-error":
            return self.send('{"error":"Query is incomplete"}', "application/json")
        if fault == "away":
            return self.send("", "text/html", 302, {"Location": "https://example.org/elsewhere"})
        if fault == "moved":
            return self.send("", "text/html", 302, {"Location": self.path})
        if parts[-1].endswith(".data.json"):
            return self.send('{"error":"Cannot create query"}', "application/json")
        if parts[-1] == found.options.get("htmlcodes", "") + ".def.sdmx.json":
            return self.send("<!DOCTYPE html><html><body>Timeout</body></html>", "text/html")
        if not IS_DATA.search(parts[-1]):
            return self.send(json.dumps(definition(found, parts, query)), "application/json; charset=utf-8")
        if not all(name in query for name in ("geography", "measures")):
            return self.send("", "text/csv")
        if "keep" in found.options:
            return self.send(kept(found, query), "text/csv")
        if parts[-1].endswith(".tsv"):
            query["tabs"] = "yes"
        self.send(page(found, query, fault, draw), "text/csv", fault=fault, draw=draw)

    def send(self, text, kind, status=200, headers=None, fault=None, draw=None, packed=None, head=False):
        """Sends an answer; bodies are closed by length, by chunks or by the connection in turn."""
        body = text if isinstance(text, bytes) else text.encode()
        pack = packed if packed is not None else "gzip" in self.headers.get("Accept-Encoding", "")
        if pack and body and not isinstance(text, bytes):
            body = gzip.compress(body, 1)
        way = {"cut": "close", "cut-length": "length", "cut-chunked": "chunked"}.get(
            fault, "length" if draw is None or self.headers.get("Accept-Encoding") is None
            else draw.choice(["length", "chunked", "close"]))
        end = draw.randrange(len(body)) if fault in ("cut", "cut-length", "cut-chunked", "stall") and body else len(body)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if pack and body:
            self.send_header("Content-Encoding", "gzip")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if way == "length":
            self.send_header("Content-Length", str(len(body)))
        elif way == "chunked":
            self.send_header("Transfer-Encoding", "chunked")
        if way == "close" or end < len(body):
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if head:
            return
        try:
            if way == "chunked":
                if end:
                    self.wfile.write(b"%x\r\n" % end + body[:end] + b"\r\n")
                if end == len(body):
                    self.wfile.write(b"0\r\n\r\n")
            else:
                self.wfile.write(body[:end])
            self.wfile.flush()
            if fault == "stall":
                time.sleep(float(self.server.stall))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


def main():
    port = int(sys.argv[sys.argv.index("--port") + 1]) if "--port" in sys.argv else 0
    ThreadingHTTPServer.request_queue_size = 256
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.stall = 4
    if "--tied" in sys.argv:
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
