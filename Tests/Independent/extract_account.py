"""Accounts: what the figures of a side bring to the areas of a grid, with their bounds.

Documentation/reference/job.md and Documentation/explanation/disclosure.md say how rounding, marks, points and totals are to
be read; this is a second reading of those two, one figure at a time.
"""
import math

# BRES, open access: from which size on, relaxed and strict unit (Nomis, article 1103).
BANDS = [(5000, 1000, 2000), (2500, 500, 1000), (1000, 250, 500), (500, 100, 200), (250, 50, 100),
         (50, 25, 50), (0, 5, 10)]
ANY = (0, math.inf)
LEAST_WIDTH = 10


def number(text):
    """The number of a field, thousands commas or not; None for a mark."""
    try:
        return float(text.replace(",", "") if isinstance(text, str) else text)
    except (TypeError, ValueError):
        return None


def nearest(unit):
    """Counts rounded to a unit, halves up; a unit that is not whole rounds no counts."""
    if unit != int(unit):
        return lambda value: (max(0, value - unit / 2), value + unit / 2)
    return lambda value: (max(0, value - unit // 2), value + (unit - 1) // 2)


def bres(value):
    relaxed, strict = next(units for least, *units in BANDS if value >= least)
    unit = relaxed if value % strict else strict
    return max(0, value - unit / 2), value + unit / 2


def figures(bounds=None, marks=None, point="middle", is_zero_exact=False):
    """A reading of fields: number or None, least, most, and a mark's point or None.

    A mark that the side does not explain is a KeyError.
    """
    def read(text):
        value = number(text)
        if value is not None:
            if bounds is None or (value == 0 and is_zero_exact):
                return value, value, value, None
            return (value, *bounds(value), None)
        lower, upper = (marks or {})[text.strip()]
        middle = None if upper == math.inf else (lower + upper) / 2
        return None, lower, upper, {"middle": middle, "lower": lower, 0: 0}[point]
    return read


EXACT = figures()


class Source:
    """What one source area holds, and what sectors take of it."""

    def __init__(self):
        self.parts = []
        self.total = None
        self.periods = set()

    def add(self, figure, taken):
        self.parts.append((taken, *figure))

    def received(self):
        """Value, least and most of what sectors receive; None for a value that is not known."""
        parts = [part for part in self.parts if part[0] > 0]
        lower = math.fsum(taken * low for taken, _, low, _, _ in parts)
        upper = math.fsum(taken * high for taken, _, _, high, _ in parts)
        points = [(taken, point if value is None else value) for taken, value, _, _, point in parts]
        value = None
        if all(point is not None for _, point in points):
            value = math.fsum(taken * point for taken, point in points)
        if self.total is None:
            return value, lower, upper
        assert all(abs(taken - 1) < 1e-9 for taken, *_ in self.parts), "a total of unequal parts"
        return self.beside_total(value, lower, upper)

    def beside_total(self, value, lower, upper):
        """The same where a total is published, unless its parts miss it or the guard hides it."""
        least, most = self.total
        if lower > most or upper < least:
            return value, lower, upper
        numbers = math.fsum(own for _, own, *_ in self.parts if own is not None)
        ends = []
        for at, (_, own, low, high, _) in enumerate(self.parts):
            if own is None:
                others = self.parts[:at] + self.parts[at + 1:]
                first = max(low, least - math.fsum(part[3] for part in others))
                last = min(high, most - math.fsum(part[2] for part in others))
                if last - first < min(LEAST_WIDTH, high - low):
                    return value, lower, upper
                ends.append((first, last))
        if ends:
            value = numbers + math.fsum(map(sum, ends)) / 2
            value = min(max(value, least), most)
            value = max(value, numbers + math.fsum(first for first, _ in ends))
            value = min(value, numbers + math.fsum(last for _, last in ends))
        return value, max(lower, least), min(upper, most)


def account(rows, value, area=None, keep=lambda row: True, areas=None, category=None,
            categories=None, excluded=(), figures=EXACT, is_total=lambda row: False,
            period=lambda row: None):
    """The account of one side; without a map, every code has a place of its own.

    Where a job compares several periods, `period` says which one a row is of.
    """
    area = area or (lambda row: row["area"])
    count, published, mapped, unmapped, positive, met, sources = 0, [], [], [], set(), set(), {}
    for row in rows:
        count += 1
        published.append(number(row[value]) or 0)
        if not keep(row):
            continue
        code = area(row)
        met.add(code)
        source = sources.setdefault(code, Source())
        figure = figures(row[value])
        if is_total(row):
            assert source.total is None, "totals of one period only"
            source.total = figure[1:3]
            source.periods.add(period(row))
            continue
        share = {code: 1} if areas is None else areas.get(code, {})
        sectors = {"all": 1}
        if categories is not None:
            sectors = categories.get(category(row), {})
        taken = math.fsum(part for code_, part in sectors.items() if code_ not in excluded)
        source.add(figure, taken)
        if sectors:
            source.periods.add(period(row))
        amount = figure[0]
        if amount is None:
            continue
        lost = math.fsum(sectors.values()) - taken
        reach = math.fsum(share.values())
        mapped.append(amount * reach * taken)
        unmapped.append(amount - amount * reach * (taken + lost))
        if amount > 0 and reach > 0 and sectors:
            positive.add(code)
    return {"figures": count, "published": math.fsum(published), "mapped": math.fsum(mapped),
            "unmapped": math.fsum(unmapped), "sources": len(positive),
            "targets": sorted(met if areas is None else {e for s in areas.values() for e in s}),
            "held": held(sources, areas)}


def held(sources, areas):
    """What each area of the grid holds: a value or None, least, and most or None.

    An area that no row reaches is not among them: nothing is known of it. Of one that is reached in some
    periods only, the sum of all is not known.
    """
    sums, reached = {}, {}
    periods = set().union(*(source.periods for source in sources.values()))
    for code, source in sources.items():
        if not source.periods:
            continue
        received = source.received()
        for end, part in ({code: 1} if areas is None else areas.get(code, {})).items():
            if part > 0:
                sums.setdefault(end, []).append((part, *received))
                reached.setdefault(end, set()).update(source.periods)
    return {code: {
        "value": None if reached[code] < periods or any(value is None for _, value, _, _ in parts)
        else math.fsum(part * value for part, value, _, _ in parts),
        "lower": math.fsum(part * lower for part, _, lower, _ in parts),
        "upper": None if reached[code] < periods or any(upper == math.inf for *_, upper in parts)
        else math.fsum(part * upper for part, _, _, upper in parts)}
        for code, parts in sums.items()}
