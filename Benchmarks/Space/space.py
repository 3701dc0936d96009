"""Products over areas against what an analyst would use instead: numpy in tiles, scipy, GraphBLAS.

    python space.py BENCH RESULTS [--quick]

BENCH is the executable of Benchmarks/Space/Bench. Contenders run in turn, in the same run, on the same files;
their answers are compared before any time counts.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

# Both steer OpenBLAS of the system alone, and slow the one inside numpy.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)

import numpy as np  # noqa: E402
import scipy.sparse as sp  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

from timings import exponent, note, off_line, write  # noqa: E402

RATE = 0.3
# LSIPs, districts, middle and lower layer areas; sector subject areas, minor groups and unit groups of SOC.
AREAS, SECTORS = (38, 309, 7264, 35672), (15, 104, 412)
TOLERANCE = 1e-10
bench, results, quick = sys.argv[1], sys.argv[2], "--quick" in sys.argv
rounds = 3 if quick else 5
folder = tempfile.mkdtemp(prefix="space-bench-")


def file(name, array):
    path = os.path.join(folder, name)
    np.ascontiguousarray(array).tofile(path)
    return path


def ours(*arguments):
    out = os.path.join(folder, "out")
    run = subprocess.run([bench, *map(str, arguments), out], check=True, capture_output=True)
    return json.loads(run.stdout), np.fromfile(out)


def agree(mine, theirs):
    error = np.max(np.abs(mine - theirs.ravel()) / np.maximum(np.abs(theirs.ravel()), 1e-300))
    assert error < TOLERANCE, f"answers differ by {error}"


def tiled(x, y, grid, rows_of_tile=128, columns_of_tile=2048, pool=None):
    """Hansen's accessibility in tiles that stay in the cache, everything in place."""
    out = np.zeros((len(x), grid.shape[1]))

    def block(first):
        end = min(len(x), first + rows_of_tile)
        for start in range(0, len(x), columns_of_tile):
            columns = slice(start, min(len(x), start + columns_of_tile))
            dx = x[first:end, None] - x[None, columns]
            dy = y[first:end, None] - y[None, columns]
            dx *= dx
            dy *= dy
            dx += dy
            np.sqrt(dx, out=dx)
            dx *= -RATE * 1e-3
            np.exp(dx, out=dx)
            out[first:end] += dx @ grid[columns]

    firsts = range(0, len(x), rows_of_tile)
    if pool:
        list(pool.map(block, firsts))
    else:
        for first in firsts:
            block(first)
    return out


def places(areas, sectors):
    draw = np.random.default_rng(areas)
    x, y = draw.uniform(0, 6e5, areas), draw.uniform(0, 6e5, areas)
    return x, y, draw.poisson(20, (areas, sectors)).astype(float)


def tiles(areas, sectors, workers, peers, repeat):
    x, y, grid = places(areas, sectors)
    paths = file("x", x), file("y", y), file("grid", grid)
    whole, bare_exp, bare_gemm, numpy_times, pool_times, peak = [], [], [], [], [], 0
    # Below some tiles there is nothing to compare with bare parts, and a first call would start threads only.
    is_small = areas < 1000
    for _ in range(repeat):
        times, mine = ours("tiles", *paths, sectors, RATE, workers, 9 if is_small else 1)
        whole += [statistics.median(times["seconds"])] if is_small else times["seconds"]
        bare_exp += times["exponentials"]
        bare_gemm += times["products"]
        peak = max(peak, times["peak_kilobytes"])
        if peers:
            start = time.perf_counter()
            theirs = tiled(x, y, grid)
            numpy_times.append(time.perf_counter() - start)
            agree(mine, theirs)
            with threadpool_limits(1), ThreadPoolExecutor(workers) as pool:
                start = time.perf_counter()
                tiled(x, y, grid, pool=pool)
                pool_times.append(time.perf_counter() - start)
    ratio = statistics.median(w / (e + g) for w, e, g in zip(whole, bare_exp, bare_gemm))
    share = statistics.median(g / w for w, g in zip(whole, bare_gemm))
    parts = f"{ratio:.2f} x (exp + gemm bare); {100 * share:.0f} % of bare gemm; "
    note("decay", "mismatch", areas, sectors, workers, whole,
         f"{'' if is_small else parts}peak {peak >> 10} MiB")
    if not is_small:
        note("decay", "bare exp", areas, sectors, workers, bare_exp)
        note("decay", "bare gemm", areas, sectors, workers, bare_gemm)
    if peers:
        note("decay", "numpy in tiles", areas, sectors, workers, numpy_times)
        note("decay", f"numpy in tiles, {workers} threads by hand", areas, sectors, workers, pool_times)
    return statistics.median(whole), mine


def dense(rows_, columns, inner=412):
    draw = np.random.default_rng(2)
    left, right = draw.uniform(size=(rows_, inner)), draw.uniform(size=(inner, columns))
    told, mine = ours("dense", file("left", left), inner, file("right", right), columns, 2, 2 * rounds, 0)
    agree(mine, left @ right)
    share = statistics.median(b / w for b, w in zip(told["products"], told["seconds"]))
    note("dense", "mismatch", rows_, columns, 2, told["seconds"], f"{100 * share:.0f} % of bare gemm")
    note("dense", "bare gemm", rows_, columns, 2, told["products"])


def commuting(areas, sectors):
    """Each area has some 100 destinations, as middle layer areas have."""
    import graphblas as gb
    density = min(1, 0.014 * 7264 / areas)
    draw = np.random.default_rng(1)
    matrix = sp.random(areas, areas, density, format="csr", rng=draw)
    matrix.sort_indices()
    grid = draw.poisson(20, (areas, sectors)).astype(float)
    paths = (file("starts", matrix.indptr.astype(np.int64)), file("columns", matrix.indices.astype(np.int32)),
             file("weights", matrix.data), file("grid", grid))
    left, right = gb.io.from_scipy_sparse(matrix), gb.Matrix.from_dense(grid)
    times = {"mismatch": [], "scipy": [], "GraphBLAS": []}
    for _ in range(2 * rounds):
        told, mine = ours("sparse", *paths, sectors, 2, 9)
        times["mismatch"].append(statistics.median(told["seconds"]))
        start = time.perf_counter()
        theirs = matrix @ grid
        times["scipy"].append(time.perf_counter() - start)
        agree(mine, theirs)
        start = time.perf_counter()
        product = left.mxm(right, gb.semiring.plus_times).new()
        times["GraphBLAS"].append(time.perf_counter() - start)
        agree(mine, product.to_dense(0.0))
    for contender, all_times in times.items():
        note("commuting", contender, areas, sectors, 1 if contender == "scipy" else 2, all_times)
    _, one = ours("sparse", *paths, sectors, 1, 1)
    assert np.array_equal(one, mine), "bytes differ between 1 and 2 threads"


def access(areas=1500):
    """pysal's access takes a table of all costs; the time is that of its sum, not of making the table."""
    import pandas as pd
    from access import fca

    x, y, grid = places(areas, 1)
    origin, destination = np.divmod(np.arange(areas * areas), areas)
    costs = pd.DataFrame(dict(
        origin=origin, dest=destination,
        cost=np.hypot(x[origin] - x[destination], y[origin] - y[destination]) * 1e-3))
    openings = pd.DataFrame(dict(geoid=np.arange(areas), value=grid[:, 0]))
    mine_times, their_times = [], []
    for _ in range(rounds):
        told, mine = ours("tiles", file("x", x), file("y", y), file("grid", grid), 1, RATE, 2, 1)
        mine_times += told["seconds"]
        start = time.perf_counter()
        theirs = fca.weighted_catchment(
            openings, costs, loc_index="geoid", loc_value="value", cost_source="dest",
            cost_dest="origin", cost_cost="cost", weight_fn=lambda cost: np.exp(-RATE * cost))
        their_times.append(time.perf_counter() - start)
        agree(mine, theirs.sort_index().to_numpy())
    note("decay", "mismatch", areas, 1, 2, mine_times)
    note("decay", "pysal access", areas, 1, 1, their_times)


def grids():
    """Every shape of grid; decay on the largest one stands alone in `main`."""
    for areas in AREAS[:3] if quick else AREAS:
        for sectors in SECTORS:
            dense(areas, sectors)
            commuting(areas, sectors)
            if areas < AREAS[-1]:
                tiles(areas, sectors, 2, True, rounds)
            elif sectors == 104:
                tiles(areas, sectors, 2, False, 1)


def main():
    grids()
    access()
    large = 8000 if quick else AREAS[-1]
    large_time, two = tiles(large, 15, 2, True, rounds if quick else 3)
    _, one = tiles(large, 15, 1, False, 1)
    assert np.array_equal(one, two), "bytes differ between 1 and 2 threads"
    tiles(large, 412, 2, False, 3 if quick else 1)
    areas = [4000, 8000, 16000]
    times = [tiles(count, 15, 2, False, rounds)[0] for count in areas]
    if not quick:
        areas, times = areas + [large], times + [large_time]
    note("growth", "exponent of time by areas", 0, 15, 2, [exponent(areas, times)], "quadratic is 2")
    sectors = [52, 104, 206, 412]
    times = [tiles(8000, count, 2, False, rounds)[0] for count in sectors]
    note("growth", "most distance from a line by sectors", 8000, 0, 2, [off_line(sectors, times)],
         "part of the time; the exponentials are its constant")
    write(results)


main()
