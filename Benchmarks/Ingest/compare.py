"""Times reading, whole processes, ours and the peers' in turn, and writes ../Results/ingest.csv.

compare.py FOLDER [ROUNDS]: the folder holds what generate.py wrote. Ours is `mismatch run`, with status,
bounds, balance, checks, digest of the input and the files that the job asks for; peers do `group` (counts by
area and sector) and `whole` (the table beside the other side's, and an index of each area). `wc -l` counts
lines and OpenSSL takes the digest that the manifest holds, which cannot be divided: both stand beside our
two threads. Every `whole` must give the sums that ours gives.
"""

import csv
import os
import subprocess
import sys
import time
from statistics import median

HERE = os.path.dirname(os.path.abspath(__file__))
MISMATCH = os.path.join(HERE, "../../.build/release/mismatch")
PEERS = ("polars", "duckdb", "pyarrow", "pandas")


def peer(name, task, file, threads):
    command = [sys.executable, f"{HERE}/Peers/ingest.py", name, task, file, threads]
    return name, task, threads, command


def contenders(file):
    """Name, task, threads and command of each."""
    rows = [("wc -l", "lines", "1", ["wc", "-l", file])] if not file.endswith(".gz") else []
    rows.append(("openssl", "SHA-256", "1", ["openssl", "dgst", "-sha256", file]))
    for threads in ("2", "1"):
        run = [MISMATCH, "run", f"{file}.yaml", "--jobs", threads, "--quiet", "-o", f"out/{file}"]
        rows.append(("mismatch", "whole", threads, run))
    for name in PEERS:
        rows += [peer(name, task, file, "2") for task in ("group", "whole")]
    rows.append(peer("pandas", "whole", file, "1"))
    script = f"{HERE}/Peers/ingest.R"
    for task, threads in (("group", "2"), ("whole", "2"), ("whole", "1")):
        rows.append(("data.table", task, threads, ["Rscript", script, task, file, threads]))
    return rows


def run(command, threads):
    environment = {name: text for name, text in os.environ.items() if name != "OPENBLAS_CORETYPE"}
    environment |= {"POLARS_MAX_THREADS": threads, "OMP_NUM_THREADS": threads}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode:
        return None
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, printed


def our_sums(file):
    with open(f"out/{file}/areas.csv", newline="", encoding="utf-8") as areas:
        rows = list(csv.DictReader(areas))
    return [sum(float(row[name]) for row in rows) for name in ("dissimilarity", "demand")]


def is_answer(printed, sums):
    found = [float(text) for text in printed.split()]
    return all(abs(a - b) <= 1e-9 * abs(b) for a, b in zip(found, sums, strict=True))


def measure(file, rounds):
    rows = contenders(file)
    runs = [[] for _ in rows]
    for number in range(rounds + 1):
        for step in range(len(rows)):
            index = (number + step) % len(rows)
            name, task, threads, command = rows[index]
            done = run(command, threads)
            if done and number > 0:
                runs[index].append(done)
            if done and task == "whole" and name != "mismatch" and number > 0:
                assert is_answer(done[3], our_sums(file)), f"{name}: another answer"
    ours = {threads: own for (name, _, threads, _), own in zip(rows, runs) if name == "mismatch"}
    for (name, task, threads, _), own in zip(rows, runs):
        if not own:
            yield [file, name, task, threads] + [""] * 6 + ["failed"]
            continue
        beside = ours["2" if task in ("lines", "SHA-256") else threads]
        ratios = [theirs[0] / mine[0] for theirs, mine in zip(own, beside)]
        walls = [each[0] for each in own]
        yield [file, name, task, threads, round(median(walls), 3), round(min(walls), 3),
               round(max(walls), 3), round(median(each[1] for each in own), 3),
               round(max(each[2] for each in own), 1), round(median(ratios), 2), "ok"]


def main(folder, rounds=5):
    os.chdir(folder)
    with open(f"{HERE}/../Results/ingest.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(
            ["file", "contender", "task", "threads", "median_s", "min_s", "max_s", "cpu_s", "peak_mb",
             "ratio_to_ours", "outcome"])
        for name in ("plain.csv", "quoted.csv", "plain.csv.gz"):
            rows.writerows(measure(name, int(rounds)))
            file.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
