"""Rows of timings and what is made of them, for benchmarks that compare in one process."""

import csv
import os
import platform
import statistics

import numpy as np

rows = []


def note(question, contender, areas, sectors, threads, times, note=""):
    rows.append(dict(
        question=question, contender=contender, areas=areas, sectors=sectors, threads=threads,
        median_s=f"{statistics.median(times):.3g}", least_s=f"{min(times):.3g}",
        most_s=f"{max(times):.3g}", rounds=len(times), note=note))
    print(rows[-1], flush=True)


def exponent(sizes, times):
    return np.polyfit(np.log(sizes), np.log(times), 1)[0]


def off_line(sizes, times):
    line = np.polyval(np.polyfit(sizes, times, 1), sizes)
    return np.max(np.abs(line - times) / times)


def machine():
    with open("/proc/cpuinfo") as cpus:
        name = next(line.split(":")[1].strip() for line in cpus if line.startswith("model name"))
    return f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.release()}"


def write(path):
    rows.append(dict.fromkeys(rows[0], "") | dict(question="machine", contender=machine()))
    with open(path, "w", newline="") as out:
        writer = csv.DictWriter(out, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
