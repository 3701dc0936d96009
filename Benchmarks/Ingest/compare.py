"""Times reading, whole processes, ours and the peers' in turn, and writes ../Results/ingest.csv.

compare.py FOLDER [ROUNDS]: the folder holds what generate.py wrote. Ours is `mismatch run`, with status,
bounds, balance, checks, digest of the input and the files that the job asks for; peers do `group` (counts by
area and sector) and `whole` (the table beside the other side's, and an index of each area). `wc -l` counts
lines and OpenSSL takes the digest that the manifest holds, which cannot be divided: both stand beside our
two threads. `mismatch, no digest` is the same program with a digest that does nothing, which tells what the
digest takes. Every `whole` must give the sums that ours gives. Quarters of the file, to the same grid, show how
time and memory grow with its rows.
"""

import csv
import os
import subprocess
import sys
import time
from statistics import median

HERE = os.path.dirname(os.path.abspath(__file__))
MISMATCH = os.path.join(HERE, "../../.build/release/mismatch")
NO_DIGEST = os.path.join(HERE, "../.venv/no_digest.so")
PEERS = ("polars", "duckdb", "pyarrow", "pandas")


def peer(name, task, file, threads):
    command = [sys.executable, f"{HERE}/Peers/ingest.py", name, task, file, threads]
    return name, task, threads, command


def contenders(file):
    """Name, task, threads and command of each."""
    rows = [("wc -l", "lines", "1", ["wc", "-l", file])] if not file.endswith(".gz") else []
    rows.append(("openssl", "SHA-256", "1", ["openssl", "dgst", "-sha256", file]))
    for threads in ("2", "1"):
        command = our_run(file, threads)
        rows.append(("mismatch", "whole", threads, command))
        rows.append(("mismatch, no digest", "whole", threads, ["env", f"LD_PRELOAD={NO_DIGEST}", *command]))
    for name in PEERS:
        rows += [peer(name, task, file, "2") for task in ("group", "whole")]
    rows.append(peer("pandas", "whole", file, "1"))
    script = f"{HERE}/Peers/ingest.R"
    for task, threads in (("group", "2"), ("whole", "2"), ("whole", "1")):
        rows.append(("data.table", task, threads, ["Rscript", script, task, file, threads]))
    return rows


def our_run(file, threads):
    return [MISMATCH, "run", f"{file}.yaml", "--jobs", threads, "--quiet", "-o", f"out/{file}"]


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
            if done and task == "whole" and not name.startswith("mismatch") and number > 0:
                assert is_answer(done[3], our_sums(file)), f"{name}: another answer"
    yield from lines(file, rows, runs)


def grow(rounds):
    """How long each number of quarters takes, every round through all of them."""
    files = [f"quarters-{part}.csv" for part in (1, 2, 3)] + ["plain.csv"]
    rows = [(file, threads) for file in files for threads in ("2", "1")]
    runs = [[run(our_run(*row), row[1]) for row in rows] for _ in range(rounds + 1)][1:]
    for index, (file, threads) in enumerate(rows):
        own = [each[index] for each in runs]
        yield [file, "mismatch", "growth", threads, *figures(own), "", "ok"]


def figures(runs):
    walls = [each[0] for each in runs]
    return [round(median(walls), 3), round(min(walls), 3), round(max(walls), 3),
            round(median(each[1] for each in runs), 3), round(max(each[2] for each in runs), 1)]


def lines(file, rows, runs):
    ours = {threads: own for (name, _, threads, _), own in zip(rows, runs) if name == "mismatch"}
    for (name, task, threads, _), own in zip(rows, runs):
        if not own:
            yield [file, name, task, threads] + [""] * 6 + ["failed"]
            continue
        beside = ours["2" if task in ("lines", "SHA-256") else threads]
        ratios = [theirs[0] / mine[0] for theirs, mine in zip(own, beside)]
        yield [file, name, task, threads, *figures(own), round(median(ratios), 2), "ok"]


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
        rows.writerows(grow(int(rounds)))


if __name__ == "__main__":
    main(*sys.argv[1:])
