"""Entropic transport plans against POT, numpy by hand, and the matrix products that they are made of.

    PYTHONPATH=Peers python transport.py BENCH RESULTS [--quick]

BENCH is the executable of Benchmarks/Transport/Bench. Contenders run in turn, in the same run, on the same
files; their answers are compared before any time counts.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

# Both steer OpenBLAS of the system alone, and slow the one inside numpy.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import numpy as np  # noqa: E402
import ot  # noqa: E402

from timings import exponent, note, off_line, write  # noqa: E402

REGULARISATION = 0.2
TOLERANCE = 1e-8
HELD, CALCULATED = 1 << 40, 0
bench, results, quick = sys.argv[1], sys.argv[2], "--quick" in sys.argv
rounds = 3 if quick else 5
folder = tempfile.mkdtemp(prefix="transport-bench-")


class Problem:
    """Areas in a square of 100 by 100 km, of which 20 weigh as much as a skill distance of 1."""

    def __init__(self, areas, sectors):
        draw = np.random.default_rng(areas)
        self.areas, self.sectors = areas, sectors
        self.x, self.y = draw.uniform(0, 5, areas), draw.uniform(0, 5, areas)
        self.skill = draw.uniform(0.5, 1.2, (sectors, sectors))
        np.fill_diagonal(self.skill, 0)
        self.provision, self.demand = draw.poisson(20, (2, areas, sectors)).astype(float)
        self.paths = []
        for name in ("x", "y", "skill", "provision", "demand"):
            self.paths.append(os.path.join(folder, name))

    @property
    def masses(self):
        return self.provision / self.provision.sum(), self.demand / self.demand.sum()

    @property
    def place(self):
        return np.hypot(self.x[:, None] - self.x, self.y[:, None] - self.y)

    def ours(self, limit=10_000, held=HELD, workers=2, bare=False):
        """What our plan tells of its times, and its figures."""
        for path in self.paths:
            np.ascontiguousarray(getattr(self, os.path.basename(path))).tofile(path)
        out = os.path.join(folder, "out")
        run = subprocess.run(
            [bench, *self.paths, str(REGULARISATION), str(limit), str(held), str(workers),
             str(int(bare)), out], check=True, capture_output=True)
        return json.loads(run.stdout), np.fromfile(out)

    def figures(self, plan):
        """The figures of a plan that is written out, areas x sectors twice, as our bench writes them."""
        logarithms = np.log(plan, where=plan > 0, out=np.zeros_like(plan))
        place = (plan.sum((1, 3)) * self.place).sum()
        skill = (plan.sum((0, 2)) * self.skill).sum()
        objective = place + skill + REGULARISATION * (plan * (logarithms - 1)).sum()
        same_place = np.eye(self.areas)[:, None, :, None]
        same_skill = np.eye(self.sectors)[None, :, None, :]
        kinds = [plan * p * s for p in (same_place, 1 - same_place) for s in (same_skill, 1 - same_skill)]
        sides = [kind.sum(axes).ravel() for axes in ((2, 3), (0, 1)) for kind in kinds]
        return np.concatenate([[plan.sum(), place, skill, objective], *sides])


def agree(mine, theirs):
    """Every number agrees to a part of itself, or of a thousandth of the mean cell where it is less."""
    floor = 1e-3 * np.abs(theirs[4:]).mean()
    error = np.max(np.abs(mine - theirs) / np.maximum(np.abs(theirs), floor))
    assert error < TOLERANCE, f"answers differ by {error}"
    return error


def against_pot(areas, sectors):
    """POT's plain iteration, the fastest of its forms, which holds all pairs of states."""
    problem = Problem(areas, sectors)
    provision, demand = (mass.ravel() for mass in problem.masses)
    states, ours, theirs = areas * sectors, [], []
    for _ in range(rounds):
        told, mine = problem.ours()
        assert told["state"] == "converged"
        ours += told["seconds"]
        start = time.perf_counter()
        costs = problem.place[:, None, :, None] + problem.skill[None, :, None, :]
        plan, log = ot.sinkhorn(
            provision, demand, costs.reshape(states, states), REGULARISATION, stopThr=1e-13,
            numItermax=100_000, log=True)
        theirs.append(time.perf_counter() - start)
        error = agree(mine, problem.figures(plan.reshape(costs.shape)))
    note("plan", "mismatch", areas, sectors, 2, ours, f"{told['count']} iterations")
    note("plan", "POT", areas, sectors, 2, theirs,
         f"{log['niter'] + 1} iterations; figures differ by {error:.1e}")


def by_hand(problem, limit, tolerance=0):
    """Sinkhorn with two factors of the kernel in numpy: the time of each iteration, and the scalings."""
    places, skills = np.exp(-problem.place / REGULARISATION), np.exp(-problem.skill / REGULARISATION)
    provision, demand = problem.masses
    columns, times = np.ones_like(demand), []
    for _ in range(limit):
        start = time.perf_counter()
        rows = provision / (places @ (columns @ skills.T))
        reached = places.T @ (rows @ skills)
        error = np.abs(columns * reached - demand).sum()
        columns = demand / reached
        times.append(time.perf_counter() - start)
        if error < tolerance:
            break
    return times, rows, columns


def against_hand(areas, sectors):
    """Where no plan can be written out, its costs and sums come from the factors."""
    problem = Problem(areas, sectors)
    told, mine = problem.ours()
    times, rows, columns = by_hand(problem, 20_000, 1e-13)
    places, skills = np.exp(-problem.place / REGULARISATION), np.exp(-problem.skill / REGULARISATION)
    place = (rows * ((places * problem.place) @ columns @ skills.T)).sum()
    skill = (rows * (places @ columns @ (skills * problem.skill).T)).sum()
    error = np.max(np.abs(mine[1:3] / [place, skill] - 1))
    assert error < TOLERANCE, f"costs differ by {error}"
    note("plan", "mismatch", areas, sectors, 2, told["seconds"], f"{told['count']} iterations")
    note("plan", "numpy by hand", areas, sectors, 2, [sum(times)],
         f"{len(times)} iterations; costs differ by {error:.1e}")


def iterations(areas, sectors, limit, repeat, workers=2):
    """Our iterations, each beside its products bare."""
    problem, ratios, ours, products = Problem(areas, sectors), [], [], []
    for _ in range(repeat):
        told, figures = problem.ours(limit, workers=workers, bare=True)
        # The first products warm up; the iteration between two of them is compared with both.
        bare = told["products"]
        ratios += [(a + b) / 2 / i for a, b, i in zip(bare, bare[1:], told["iterations"])][1:]
        ours, products = ours + told["iterations"][1:], products + bare[1:]
    share = 100 * statistics.median(ratios)
    note("iteration", "mismatch", areas, sectors, workers, ours, f"{share:.0f} % of the rate of its products")
    note("iteration", "bare products", areas, sectors, workers, products)
    return statistics.median(ours), figures


def large(areas=7264, sectors=15):
    limit = 15
    _, two = iterations(areas, sectors, limit, rounds)
    _, one = iterations(areas, sectors, limit, 1, workers=1)
    assert np.array_equal(one, two), "bytes differ between 1 and 2 threads"
    for held, contender in (HELD, "mismatch, kernel held"), (CALCULATED, "mismatch, kernel calculated"):
        told, figures = Problem(areas, sectors).ours(limit, held)
        assert np.array_equal(figures, two), "bytes differ between kernels held and calculated"
        note("iteration", contender, areas, sectors, 2, told["iterations"][1:],
             f"peak {told['peak_kilobytes'] >> 10} MiB")
    times, _, _ = by_hand(Problem(areas, sectors), limit)
    note("iteration", "numpy by hand", areas, sectors, 2, times[1:])


def main():
    against_pot(60, 15)
    against_pot(200, 10)
    against_hand(1000, 15)
    large()
    areas = [1000, 2000, 4000] + ([] if quick else [8000])
    times = [iterations(count, 15, 20, rounds)[0] for count in areas]
    note("growth", "exponent of time by areas", 0, 15, 2, [exponent(areas, times)], "quadratic is 2")
    sectors = [26, 52, 104, 206]
    times = [iterations(4000, count, 12, rounds)[0] for count in sectors]
    note("growth", "most distance from a line by sectors", 4000, 0, 2, [off_line(sectors, times)],
         "part of the time")
    write(results)


main()
