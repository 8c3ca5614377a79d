"""A customer's own label named as one of the carrier's columns: which is which.

A report's labels are the customer's own words, so `Rate code` may stand twice. The
carrier writes its own columns in one order: the twin that stands where the order puts
it is the carrier's. Where that does not tell, the first counts, and a warning says so.
"""

from collections.abc import Sequence

from mobile_selfservice.carriers.layout import Columns, Layout, normalized


def settled(layout: Layout, headings: Sequence[str]) -> tuple[Columns, str]:
    """Choose among twins; give the columns and, in words, what was chosen, if any."""
    names = [normalized(heading) for heading in headings]
    order = [normalized(heading) for heading in layout.headings]
    first = Columns.of(headings)
    positions, told = dict(first.positions), []
    for name in order:
        if names.count(name) > 1:
            places = [at for at, one in enumerate(names) if one == name]
            fitting = _in_order(name, places, names, order)
            positions[name] = fitting[0] if len(fitting) == 1 else places[0]
            how = "by its place" if len(fitting) == 1 else "as the first of them"
            at = positions[name]
            told.append(f"“{headings[at].strip()}” in column {at + 1}, {how}")
    return Columns(tuple(headings), positions), "; ".join(told)


def _in_order(
    name: str, places: list[int], names: list[str], order: list[str]
) -> list[int]:
    """Give the places between the nearest columns before and after that stand once."""
    at = order.index(name)
    before = [names.index(one) for one in order[:at] if names.count(one) == 1]
    after = [names.index(one) for one in order[at + 1 :] if names.count(one) == 1]
    low = before[-1] if before else -1
    high = after[0] if after else len(names)
    return [place for place in places if low < place < high]
