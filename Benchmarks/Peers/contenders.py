"""What is compared with what: for each question, the contenders and the commands that they run."""

import sys
from importlib.metadata import version
from platform import python_version

MISMATCH = "../.build/release/mismatch"
OURS = "mismatch"
LONDON = "../Datasets/london"
INPUTS = ".inputs"
OUT = f"{INPUTS}/out"


class Contender:
    """A command, and the cells that it writes."""

    def __init__(self, name, version, command, cells=None):
        self.name, self.version, self.command, self.cells = name, version, command, cells


def ours(question, release, job, out=OUT, name=OURS):
    folder = f"{out}/{question}"
    command = [MISMATCH, "run", job, "--quiet", "-o", folder]
    return Contender(name, release, command, f"{folder}/cells.csv")


def peer(question, package, script, inputs):
    cells = f"{OUT}/{question}-{package}.csv"
    command = [sys.executable, f"Peers/{script}.py", inputs, cells]
    return Contender(package, release_of(package), command, cells)


def bare(package):
    """A Python that does nothing but start, or load a package."""
    load = f"import {package}"
    name, code = ("python", "pass") if package == "python" else (load, load)
    return Contender(name, release_of(package), [sys.executable, "-c", code])


def release_of(package):
    return python_version() if package == "python" else version(package)


def questions(release, memory):
    """All questions, our own contender first in each; `memory` is a folder that no disk holds."""
    return {
        "start": [
            Contender(OURS, release, [MISMATCH, "--version"]),
            *(bare(package) for package in ("python", "polars", "duckdb", "pandas")),
        ],
        "london": [
            ours("london", release, f"{LONDON}/job.yaml"),
            ours("london", release, f"{LONDON}/job.yaml", memory, f"{OURS}, no disk"),
            *(
                peer("london", package, f"london_{package}", LONDON)
                for package in ("python", "polars", "pandas")
            ),
        ],
        "providers": [
            ours("providers", release, "Jobs/providers.yaml"),
            *(
                peer("providers", package, f"{package}_job", INPUTS)
                for package in ("polars", "duckdb", "pandas")
            ),
        ],
        "grid": [
            ours("grid", release, "Jobs/grid.yaml"),
            peer("grid", "polars", "polars_grid", INPUTS),
        ],
    }
