"""When much incidental use is pointed out to the director.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1: incidental use is kept
to a minimum. The policy gives no number, so nothing is pointed out unless one is set,
and nothing is ever charged by it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.unsaid import if_said

INCIDENTAL_USE = Clause("Lodi 2011", "3.B.1")
ITEMS = "personal_use.incidental.alert_calls"
MINUTES = "personal_use.incidental.alert_minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTerms:
    """The most items and minutes of a statement that pass without a word.

    None where the employer sets no number.
    """

    items: int | None = None
    minutes: int | None = None
    clause: Clause = INCIDENTAL_USE


def alert_terms(edition: Edition, on: date) -> AlertTerms:
    """Take the numbers in force on the statement's day.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-07.
    """
    return AlertTerms(
        items=if_said(lambda: edition.whole(ITEMS, on), None),
        minutes=if_said(lambda: edition.whole(MINUTES, on), None),
        clause=edition.parameter(ITEMS).clause,
    )


def incidental_alerts(
    items: int, minutes: Decimal, terms: AlertTerms
) -> tuple[Step, ...]:
    """Say what a director should look at; the number itself is not yet too many.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-07.
    """
    found = []
    if terms.items is not None and items > terms.items:
        found.append(
            f"{items:,} incidental {'item' if items == 1 else 'items'}: more than "
            f"{terms.items:,} on a bill are to be looked at."
        )
    if terms.minutes is not None and minutes > terms.minutes:
        found.append(
            f"{minutes.normalize():f} incidental min: more than {terms.minutes:,} "
            "on a bill are to be looked at."
        )
    return tuple(Step(text, terms.clause, None, "AMB-07") for text in found)
