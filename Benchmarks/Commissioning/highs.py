"""The same plans once, by HiGHS."""

import highspy
import numpy as np


def solve(costs, lower, upper, row_upper, rows, columns, values, method="choose"):
    """The least cost of a programme whose rows have no lower bound."""
    order = np.lexsort((rows, columns))
    rows, columns, values = rows[order], columns[order], values[order]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(costs), len(row_upper)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, lower, upper
    lp.row_lower_, lp.row_upper_ = np.full(len(row_upper), -np.inf), row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.searchsorted(columns, np.arange(len(costs) + 1))
    lp.a_matrix_.index_, lp.a_matrix_.value_ = rows, values
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
    solver.setOptionValue("dual_feasibility_tolerance", 1e-9)
    solver.setOptionValue("solver", method)
    solver.passModel(lp)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return solver.getInfo().objective_function_value


def best(market, change, reach=None):
    """Each area's best places within its budget; with reach, all areas' together."""
    places, openings = market.places.ravel().astype(float), market.openings.ravel().astype(float)
    cells, areas = len(places), len(market.codes)
    width = cells // areas
    costs = np.tile(market.costs, areas) / 20000
    cell = np.arange(cells)
    if reach is None:
        rows, columns, values = cell, cell, np.full(cells, -1.0)
    else:
        home, work = np.nonzero(reach)
        rows = (work[:, None] * width + np.arange(width)).ravel()
        columns = (home[:, None] * width + np.arange(width)).ravel()
        values = np.repeat(-reach[home, work], width)
    rows = np.concatenate([rows, cells + cell // width, cell])
    columns = np.concatenate([columns, cell, cells + cell])
    values = np.concatenate([values, costs, np.ones(cells)])
    floors, caps = (0 * places, np.full(cells, np.inf)) if change is None else (
        places * (1 - change), places * (1 + change))
    return -solve(
        np.concatenate([0 * places, np.full(cells, -1.0)]), np.concatenate([floors, 0 * places]),
        np.concatenate([caps, openings]),
        np.concatenate([0 * places, (costs * places).reshape(areas, width).sum(axis=1)]), rows, columns, values,
        # The simplex takes many minutes where places move freely and people commute.
        "ipm" if reach is not None and change is None else "choose")


def template(market):
    """One mix for all areas in proportion to budgets, without bounds."""
    openings = market.openings.ravel().astype(float)
    budgets = market.places @ market.costs / 20000
    parts = budgets / budgets.sum()
    cells, width = len(openings), len(market.costs)
    cell = np.arange(cells)
    rows = np.concatenate([cell, np.full(width, cells), cell])
    columns = np.concatenate([cell % width, np.arange(width), width + cell])
    values = np.concatenate([-parts[cell // width], market.costs / 20000, np.ones(cells)])
    return -solve(
        np.concatenate([np.zeros(width), np.full(cells, -1.0)]), np.zeros(width + cells),
        np.concatenate([np.full(width, np.inf), openings]), np.concatenate([np.zeros(cells), [budgets.sum()]]),
        rows, columns, values)
