"""The formulas once more, as the policy reading prints them and sharing no code.

Each function makes a case at random, with the answers worked out here; the rules must
come to the same. Amounts are fractions of dollars until the one rounding.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from random import Random

Made = tuple[str, dict, dict]


def half_up(exact: Fraction) -> str:
    cents = floor(abs(exact) * 100 + Fraction(1, 2))
    return str(Decimal(cents if exact >= 0 else -cents) / 100)


def amount(dice: Random, least: int, most: int) -> str:
    return f"{dice.randint(least, most) / 100:.2f}"


def some_call(dice: Random) -> dict:
    call: dict = {"min": dice.randint(0, 60)}
    use = dice.choice(["business", "personal", "personal", "incidental"])
    if use != "business":
        call["personal"] = True
    if use == "incidental":
        call["incidental"] = True
    for name, least, most, often in (
        ("airtime", 0, 600, 0.3),
        ("extra", -200, 500, 0.3),
        ("tax", 0, 60, 0.2),
    ):
        if dice.random() < often:
            call[name] = amount(dice, least, most)
    if dice.random() < 0.3:
        call["counts"] = False
    return call


def counted(calls: list[dict]) -> int:
    return sum(call["min"] for call in calls if call.get("counts", True))


def total(calls: list[dict], name: str) -> Fraction:
    return sum((Fraction(call.get(name, "0")) for call in calls), Fraction(0))


def voice(dice: Random) -> Made:
    """4.1: one line on an allowance plan, each choice of the readings."""
    params = {
        "overage_mode": dice.choice(["add", "replace"]),
        "overage_attr": dice.choice(["incremental", "pro_rata", "chronological"]),
        "incidental_exempts": dice.choice(["base_rate_only", "all"]),
        "scope": dice.choice(["month", "line"]),
    }
    plan = {
        "kind": "allowance",
        "allowance_min": dice.choice([0, 50, 100, 200]),
        "overage_rate": "0.45",
    }
    given = {
        "plan": plan,
        "business_minutes": dice.choice([0, 20, 90, 210]),
        "calls": [some_call(dice) for _ in range(dice.randint(0, 6))],
        "params": params,
    }
    return "voice", given, voice_owed(given)


def voice_owed(given: dict) -> dict:
    calls, params = given["calls"], given["params"]
    incidental = [call for call in calls if call.get("incidental")]
    personal = [c for c in calls if c.get("personal") and c not in incidental]
    pays = [c for c in calls if c in personal or c in incidental]
    if params["incidental_exempts"] == "all":
        pays = personal
    over, caused = overage(given, pays)
    share = Fraction(1)
    if params["overage_mode"] == "replace" and counted(personal):
        share -= min(caused, counted(personal)) / counted(personal)
    rated = [c for c in personal if c.get("counts", True) or float(c.get("airtime", 0))]
    at_rate = [
        c["min"] * (share if c.get("counts", True) else 1) / Fraction(10) for c in rated
    ]
    actual = [Fraction(call.get("airtime", "0")) for call in rated]
    base = max(sum(at_rate), sum(actual))
    if params["scope"] == "line":
        base = sum(map(max, at_rate, actual), Fraction(0))
    parts = {
        "base": half_up(Fraction(base)),
        "overage": half_up(over * Fraction(45, 100) * caused / (over or 1)),
        "extras": half_up(total(pays, "extra")),
        "tax": half_up(total(pays, "tax")),
    }
    whole = sum(Decimal(part) for part in parts.values())
    owed, credit = str(max(Decimal(0), whole)), str(max(Decimal(0), -whole))
    return {**parts, "total": owed, "credit": credit}


def overage(given: dict, pays: list[dict]) -> tuple[int, Fraction]:
    business, allowance = given["business_minutes"], given["plan"]["allowance_min"]
    used = business + counted(given["calls"])
    over = max(0, used - allowance)
    if not over:
        return 0, Fraction(0)
    return over, {
        "incremental": Fraction(min(counted(pays), over)),
        "pro_rata": Fraction(over * counted(pays), used),
        "chronological": beyond(given["calls"], pays, business, allowance),
    }[given["params"]["overage_attr"]]


def beyond(
    calls: list[dict], pays: list[dict], business: int, allowance: int
) -> Fraction:
    used, found = business, 0
    for call in calls:
        if call.get("counts", True):
            before, used = used, used + call["min"]
            if any(call is each for each in pays):
                found += max(0, used - max(before, allowance))
    return Fraction(found)


def claim(dice: Random) -> Made:
    """4.5: calls of two months, each month with its own limit."""
    base, tax = amount(dice, 1000, 6000), amount(dice, 0, 500)
    allowance = dice.choice([100, 450, 450, None])
    calls, months = [], {"2026-03": Fraction(0), "2026-04": Fraction(0)}
    for _ in range(dice.randint(1, 6)):
        call = {"min": dice.randint(0, 120), "month": dice.choice([*months])}
        call["counts"] = dice.random() < 0.7
        if dice.random() < 0.3:
            call["charge"] = amount(dice, 1, 600)
            months[call["month"]] += Fraction(call["charge"])
        elif call["counts"] and allowance:
            price = (Fraction(base) + Fraction(tax)) / allowance
            months[call["month"]] += price * call["min"]
        calls.append(call)
    paid = sum(min(Decimal(half_up(each)), Decimal(10)) for each in months.values())
    given = {"base": base, "tax": tax, "allowance_min": allowance, "calls": calls}
    return "claim", given, {"amount": str(paid)}


def stipend(dice: Random) -> Made:
    """4.6: the least of three limits, and the City's own cost."""
    nominal, retail = amount(dice, 1000, 6000), amount(dice, 2000, 12000)
    own, city = amount(dice, 1000, 9000), amount(dice, 500, 7000)
    compare = dice.choice(["payable", "nominal"])
    cap = Decimal(floor(Fraction(retail) * 50)) / 100
    payable = min(Decimal(nominal), cap, Decimal(own))
    is_eligible = Decimal(city) >= (
        payable if compare == "payable" else Decimal(nominal)
    )
    given = {
        "nominal": nominal,
        "min_retail": retail,
        "out_of_pocket": own,
        "city_cost": city,
        "params": {"city_cost_compare": compare},
    }
    paid = str(payable) if is_eligible else "0.00"
    return "stipend", given, {"eligible": is_eligible, "amount": paid}


def deferral(dice: Random) -> Made:
    """4.7: month by month until the stipends foregone make up the penalty."""
    penalty, first = amount(dice, 0, 30000), amount(dice, 500, 6000)
    change = {"after_months": dice.randint(1, 6), "stipend": amount(dice, 500, 6000)}
    mode = dice.choice(["fixed", "running"])
    foregone, months = Decimal(0), 0
    while foregone < Decimal(penalty):
        is_changed = mode == "running" and months >= change["after_months"]
        foregone += Decimal(change["stipend"] if is_changed else first)
        months += 1
    year, month = divmod(2026 * 12 + 3 + months, 12)
    given = {
        "penalty": penalty,
        "stipend": first,
        "start": "2026-04",
        "changes": [change],
        "params": {"deferral_mode": mode},
    }
    expected = {"months": months, "first_month": f"{year:04d}-{month + 1:02d}"}
    return "deferral", given, expected


def breakeven(dice: Random) -> Made:
    """4.7: the first month in which what is saved has made up the penalty."""
    penalty = Decimal(amount(dice, 1, 30000))
    city, paid = Decimal(amount(dice, 100, 6000)), Decimal(amount(dice, 500, 6000))
    is_deferred = dice.random() < 0.5
    wait = ceil(Fraction(penalty) / Fraction(paid)) if is_deferred else 0
    months = next(
        (
            month
            for month in range(wait + 1 if city <= paid else 30_000)
            if month * city - max(0, month - wait) * paid >= penalty
        ),
        "never",
    )
    given = {
        "penalty": str(penalty),
        "city_cost": str(city),
        "stipend": str(paid),
        "deferred": is_deferred,
    }
    return "breakeven", given, {"months": months}


FORMULAS = (voice, claim, stipend, deferral, breakeven)
