"""Speed beside curl, and faults beside other clients; see README.md."""
import csv
import hashlib
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ROWS = 2_300_000
CONTENDERS = ("mismatch", "plain", "loop", "ukcensusapi")
# How many places a fault is tried at.
DRAWS = {"cut": 20, "cut-length": 20, "cut-chunked": 20, "gap": 5, "twice": 5}
FAULTS = ["none", "cap", "cut", "cut-length", "cut-chunked", "repeat", "gap", "twice", "update", "html", "empty",
          "header-only", "500", "429", "wrong-period", "wrong-area", "no-header"]


def measured(command, environment, folder):
    """Wall and CPU seconds and peak MB of a command, which must end with 0."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"{command[0]} ended with {status}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def speed(mismatch, address, rounds, options, what):
    """The rows of all rounds; pages that the stand-in has `kept` come as fast as it can send them."""
    base = f"{address}/{options}/nomis"
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        environment = {**os.environ, "MISMATCH_FETCH_NOMIS": base}
        fetch = [mismatch, "fetch", "nomis", "NM_1_1", "geography=TYPE464", "age=0...99", "measures=20100",
                 "date=2024-12", "--quiet", "-o"]
        # The pages as fetch asks for them, from the server's own log.
        environment["XDG_CACHE_HOME"] = str(folder / "warm")
        measured(fetch + ["warm.csv"], environment, folder)
        logged = f"{address}/{options}/log"
        asked = json.load(urllib.request.urlopen(logged))["requests"]
        addresses = [entry["address"] for entry in asked if ".data.csv" in entry["path"] and entry["limit"] != "1"]
        config = folder / "pages.txt"
        config.write_text("".join(
            f'url = "{address}{path}"\noutput = "page{number}.csv"\n' for number, path in enumerate(addresses)))
        expected, size = digest(folder / "warm.csv"), (folder / "warm.csv").stat().st_size
        for number in range(rounds + 1):
            for contender in ("mismatch", "curl"):
                environment["XDG_CACHE_HOME"] = str(folder / f"cache{number}")
                command = fetch + ["a.csv"] if contender == "mismatch" else [
                    "curl", "--silent", "--compressed", "--config", str(config)]
                wall, cpu, peak = measured(command, environment, folder)
                if contender == "mismatch":
                    if digest(folder / "a.csv") != expected:
                        sys.exit("another file")
                    (folder / "a.csv").unlink()
                    subprocess.run(["rm", "-rf", environment["XDG_CACHE_HOME"]], check=True)
                if number:
                    rows.append({"pages": what, "round": number, "contender": contender, "wall_s": round(wall, 3),
                                 "cpu_s": round(cpu, 3), "peak_mb": round(peak, 1)})
        print(f"{what}: {ROWS:,} rows, {size / 1e6:.0f} MB, {len(addresses)} pages")
    medians = {}
    for contender in ("mismatch", "curl"):
        own = [row for row in rows if row["contender"] == contender]
        medians[contender] = [statistics.median(row[name] for row in own) for name in ("wall_s", "cpu_s", "peak_mb")]
        print(contender, *medians[contender])
    ratios = [a["wall_s"] / b["wall_s"] for a, b in zip(rows[::2], rows[1::2])]
    print(f"ratio of wall time, median of the rounds: {statistics.median(ratios):.2f}")
    return rows


def faults(mismatch, address):
    python = str(HERE / ".venv/bin/python")
    table = []
    for fault in FAULTS:
        row = {"fault": fault}
        for contender in CONTENDERS:
            found = [tried(mismatch, python, contender, address, fault, draw) for draw in range(DRAWS.get(fault, 1))]
            counts = {name: found.count(name) for name in ("right", "reported", "WRONG") if name in found}
            row[contender] = ", ".join(f"{name} {n}" if len(found) > 1 else name for name, n in counts.items())
        table.append(row)
        print(*row.values(), sep=" | ")
    write("fetch_faults.csv", table)


def tried(mismatch, python, contender, address, fault, draw):
    """What one contender makes of one fault at one place.

    The first answer that holds data is the faulty one; ours asks for one row before it.
    """
    cap = 100 if fault == "cap" else 25000
    options = f"rows=300,cap={cap},keycap={cap},draw={draw},run={contender}-{fault}"
    if fault not in ("none", "cap"):
        options += f",fault={fault},at={2 if contender == 'mismatch' else 1}"
    return outcome(mismatch, python, contender, f"{address}/{options}/nomis")


def outcome(mismatch, python, contender, base):
    """`right`, `reported`, or `WRONG`: a table that is not the whole answer, without an error."""
    with tempfile.TemporaryDirectory() as folder:
        if contender == "mismatch":
            environment = {**os.environ, "MISMATCH_FETCH_NOMIS": base, "XDG_CACHE_HOME": folder}
            done = subprocess.run(
                [mismatch, "fetch", "nomis", "NM_1_1", "geography=TYPE464", "age=0...99", "measures=20100",
                 "date=2024-12", "--quiet", "-o", "a.csv"], env=environment, cwd=folder, capture_output=True)
            if done.returncode:
                return "reported"
            rows = list(csv.DictReader(open(f"{folder}/a.csv", newline="")))
            values = [float(row["OBS_VALUE"]) for row in rows if row["OBS_VALUE"]]
            found = {"rows": len(rows), "sum": sum(values), "dates": sorted({row["DATE"] for row in rows})}
        else:
            done = subprocess.run(
                [python, str(HERE / "clients.py"), contender, base], capture_output=True, text=True, timeout=60)
            if done.returncode:
                return "reported"
            found = json.loads(done.stdout.splitlines()[-1])
    return "right" if found in [expected(300, 0), expected(301, 1)] else "WRONG"


def expected(count, version):
    values = [i * 7 % 1000 + version for i in range(count) if i % 97 != 13]
    return {"rows": count, "sum": float(sum(values)), "dates": ["2024-12"]}


def write(name, rows):
    with open(HERE.parent / "Results" / name, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    mismatch, rounds = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2])
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "Tests/StandIn/server.py"), "--tied"], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    address = server.stdout.readline().strip()
    try:
        faults(mismatch, address)
        rows = speed(mismatch, address, max(1, rounds // 2), f"rows={ROWS}", "made as they are asked for")
        rows += speed(mismatch, address, rounds, f"rows={ROWS},keep=yes", "kept ready")
        write("fetch.csv", rows)
    finally:
        server.stdin.close()
        server.wait()


if __name__ == "__main__":
    main()
