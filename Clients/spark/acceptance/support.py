"""What the parts of the acceptance list share: results, the engine, and made-up inputs."""
from __future__ import annotations

import csv
import gzip
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ENGINE = os.environ["MISMATCH"]
LONDON = ROOT / "Datasets/london"
RECORDS = ROOT / "Datasets/records"


class Points:
    """The results of a part, a line for each."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.failures = 0
        self.start = time.perf_counter()

    def check(self, what: str, holds: bool, detail: object = "") -> None:
        self.failures += not holds
        shown = f": {detail}" if detail != "" and not holds else ""
        print(f"{'pass' if holds else 'FAIL'}  {self.part}: {what}{shown}", flush=True)

    def note(self, what: str) -> None:
        print(f"note  {self.part}: {what}", flush=True)

    def end(self) -> None:
        print(f"{self.part}: {self.failures} failed, {time.perf_counter() - self.start:.0f} s", flush=True)
        sys.exit(1 if self.failures else 0)


class Done:
    """How a call of the engine ended, with its seconds of CPU and its peak of memory."""

    def __init__(self, *arguments: object, stdin: bytes | None = None) -> None:
        read, write = os.pipe()
        os.close(write)
        process = subprocess.Popen(
            [ENGINE, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.PIPE if stdin is not None else read)
        os.close(read)
        if stdin is not None:
            try:
                process.stdin.write(stdin)
                process.stdin.close()
            except BrokenPipeError:
                pass
        self.output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.status = process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1024

    @property
    def text(self) -> str:
        return self.output.decode("utf-8", "replace").strip()


def engine(*arguments: object, stdin: bytes | None = None) -> Done:
    """A call that has to succeed."""
    done = Done(*arguments, stdin=stdin)
    if done.status:
        sys.exit(f"mismatch {' '.join(map(str, arguments))}: status {done.status}: {done.text}")
    return done


def fresh(folder: Path) -> Path:
    """An empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def london(folder: Path, demand: str = "shard-*.csv") -> Path:
    """The London example with its demand in 7 shuffled files; its job."""
    shutil.copytree(LONDON, folder, ignore=shutil.ignore_patterns("out*"))
    header, *rows = (LONDON / "demand.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(7).shuffle(rows)
    for number in range(7):
        (folder / f"shard-{number}.csv").write_text(header + "".join(rows[number::7]), encoding="utf-8")
    job = folder / "job.yaml"
    text = job.read_text(encoding="utf-8").replace("file: demand.csv", f'file: "{demand}"')
    job.write_text(text, encoding="utf-8")
    return job


def records(folder: Path, rows: int, files: int) -> Path:
    """The benchmark's adverts; their job."""
    script = ROOT / "Benchmarks/Records/prepare.py"
    subprocess.run([sys.executable, script, folder, str(rows), str(files)], check=True)
    return folder / "job.yaml"


def differences(one: Path, other: Path) -> list[str]:
    """The names of files that differ between two folders, a manifest by more than the tallies that it lists."""
    def content(folder: Path, name: str) -> bytes | None:
        path = folder / name
        if name != "manifest.json" or not path.is_file():
            return path.read_bytes() if path.is_file() else None
        manifest = json.loads(path.read_bytes())
        inputs = [entry | {"role": entry["role"].removesuffix(" by tally")} for entry in manifest["inputs"]]
        manifest["inputs"] = [entry for entry in inputs if not entry["role"].endswith(" tally")]
        return json.dumps(manifest).encode()

    names = {path.name for folder in (one, other) for path in folder.iterdir()}
    return sorted(name for name in names if content(one, name) != content(other, name))


def sums(payload: bytes) -> list[list[str]]:
    """The rows of a tally that do not speak of inputs, without the places of first figures."""
    text = (gzip.decompress(payload) if payload[:2] == b"\x1f\x8b" else payload).decode("utf-8")
    rows = list(csv.reader(text.splitlines()))[1:]
    return sorted(row[:13] + row[15:] for row in rows if row[0] in ("cell", "mark", "total", "name"))
