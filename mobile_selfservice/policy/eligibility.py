"""Who may have a phone: the desk rule, the field rule and the two lists of reasons.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.A and 4.B; New York
ITS-P18-007, Appendix B.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.kinds import Limit
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import in_words
from mobile_selfservice.policy.rulings import Measured, against, ruling
from mobile_selfservice.policy.unsaid import if_said

ISSUE = Clause("Lodi 2011", "3.A.1")
DESK = Clause("Lodi 2011", "3.A.2")
FIELD = Clause("Lodi 2011", "4.B.1.b")
REASONS = Clause("Lodi 2011", "4.B.1")
PLACES = Clause("NY ITS-P18-007", "Appendix B")
AT_A_DESK = Limit(">=", Decimal(80))
IN_THE_FIELD = Limit(">", Decimal(20))
DIRECTOR = "director"
FIELD_SHARE = "field_share"
LOCATIONS = "locations"


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """One list of reasons, and how many of it must be met."""

    name: str
    criteria: tuple[str, ...]
    needed: int


SUFFICIENT = CriteriaSet("3.A.1", ("a", "b", "c", "d"), 1)
NECESSARY = CriteriaSet("4.B.1", ("b", "c", "d", "e"), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityTerms:
    """What an employer asks before it issues a phone. None: it does not ask this.

    `desk` bars, unless a reason of the first list is met. `field` measures the reason
    `field_criterion` of the last list, which must be ticked too. A reason that is named
    "field_share" or "locations" is measured and not ticked. `places` is how many places
    of work within how many days.
    """

    sets: tuple[CriteriaSet, ...] = (SUFFICIENT, NECESSARY)
    desk: Limit | None = AT_A_DESK
    field: Limit | None = IN_THE_FIELD
    field_criterion: str = "b"
    places: tuple[int, int] | None = None
    directors_without_test: bool = True
    rejustify_months: int | None = 12
    clause: Clause = REASONS
    directors_clause: Clause = ISSUE
    desk_clause: Clause = DESK
    field_clause: Clause = FIELD
    places_clause: Clause = PLACES
    rejustify_clause: Clause = DESK


@dataclass(frozen=True, slots=True)
class WorkedAt:
    """A day on which a person worked at a place."""

    on: date
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a director's form says of one person. Shares are percent of the work day.

    `grounds` are the reasons ticked, by the name of their list.
    """

    grounds: Mapping[str, Collection[str]] = field(default_factory=dict)
    fixed_share: Decimal | None = None
    field_share: Decimal | None = None
    worked: tuple[WorkedAt, ...] = ()
    for_role: str = "employee"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether the person may have a phone, and whether the desk rule was met."""

    ruling: Ruling
    is_desk_bound: bool

    @property
    def is_eligible(self) -> bool:
        """Tell whether nothing stands against a phone."""
        return self.ruling.is_allowed


def eligibility_terms(edition: Edition, on: date) -> EligibilityTerms:
    """Take what an employer asks from the edition in force on the form's date.

    A list, a share or a number of places that is not set is not asked.

    Clause: Lodi 2011 §3.A, §4.B. Reading: AMB-27, AMB-28.
    """
    listed = if_said(lambda: edition.rows("elig.criteria_sets", on), ())
    places = if_said(lambda: edition.numbers("elig.locations", on), None)
    return EligibilityTerms(
        sets=tuple(
            CriteriaSet(row["set"], tuple(row["criteria"].split()), int(row["needed"]))
            for row in listed
        ),
        desk=if_said(lambda: edition.limit("elig.fixed_station_pct", on), None),
        field=if_said(lambda: edition.limit("elig.field_pct", on), None),
        places=(places[0], places[1]) if places else None,
        directors_without_test=if_said(
            lambda: edition.flag("elig.directors_without_test", on), False
        ),
        rejustify_months=if_said(lambda: edition.whole("rejustify_months", on), None),
        clause=edition.parameter("elig.criteria_sets").clause,
        directors_clause=edition.parameter("elig.directors_without_test").clause,
        desk_clause=edition.parameter("elig.fixed_station_pct").clause,
        field_clause=edition.parameter("elig.field_pct").clause,
        places_clause=edition.parameter("elig.locations").clause,
        rejustify_clause=edition.parameter("rejustify_months").clause,
    )


LODI = EligibilityTerms()


def eligibility(need: Need, terms: EligibilityTerms = LODI) -> Eligibility:
    """Decide whether a person may have a phone.

    A director may, without a test. Anybody else needs as many reasons of each list as
    the list asks. Who is mostly at a desk may not, unless a reason of the first list is
    met; the flag says so then.

    Clause: Lodi 2011 §3.A.1, §3.A.2, §4.B.1; NY ITS-P18-007 §Appendix B.
    Reading: AMB-27, AMB-28.
    """
    if terms.directors_without_test and need.for_role == DIRECTOR:
        text = "A department director may have a phone without a test."
        step = Step(text, terms.directors_clause)
        return Eligibility(ruling([], [step]), is_desk_bound=False)
    met = {each.name: _met(each, need, terms) for each in terms.sets}
    is_desk_bound = _holds(terms.desk, need.fixed_share)
    lifts = bool(terms.sets and met[terms.sets[0].name])
    desk = _desk(need, terms)
    found = [
        against(
            is_desk_bound and not lifts,
            f"{desk}, and no reason of the first list is met.",
            terms.desk_clause,
            "AMB-27",
        ),
        *(_too_few(each, met[each.name], terms) for each in terms.sets),
    ]
    lifted = against(
        is_desk_bound and lifts,
        f"{desk}, but a reason of the first list is met.",
        terms.desk_clause,
        "AMB-27",
    )
    return Eligibility(ruling(found, [lifted, _struck(need, terms)]), is_desk_bound)


def _desk(need: Need, terms: EligibilityTerms) -> str:
    limit = _spoken(terms.desk) if terms.desk else ""
    return f"{need.fixed_share} % of the day at a fixed work station, {limit} bars"


def _struck(need: Need, terms: EligibilityTerms) -> Step | None:
    """Say why the reason that time in the field measures does not count."""
    if not terms.sets or need.field_share is None:
        return None
    last = terms.sets[-1]
    is_struck = terms.field_criterion in need.grounds.get(last.name, ()) and (
        _fails_in_field(terms.field_criterion, need, terms)
    )
    return field_share(need.field_share, terms).steps[0] if is_struck else None


def field_share(share: Decimal, terms: EligibilityTerms = LODI) -> Measured:
    """Tell whether somebody is in the field for enough of the work day, in percent.

    Clause: Lodi 2011 §4.B.1.b; NY ITS-P18-007 §Appendix B. Reading: AMB-27.
    """
    meets = _holds(terms.field, share)
    answer = "enough" if meets else "not enough"
    asked = _spoken(terms.field) if terms.field else "nothing"
    text = f"{share} % of the day in the field, {asked} asked: {answer}"
    return Measured(meets, (Step(text, terms.field_clause, None, "AMB-27"),))


def enough_places(worked: Iterable[WorkedAt], terms: EligibilityTerms) -> Measured:
    """Tell whether any run of days holds enough different places of work.

    The first and the last day of a run both count.

    Clause: NY ITS-P18-007 §Appendix B.
    """
    if terms.places is None:
        return Measured(meets=False, steps=())
    needed, days = terms.places
    listed = list(worked)
    best, starts = 0, None
    for start in sorted({each.on for each in listed}):
        last = start + timedelta(days=days - 1)
        held = len({each.place for each in listed if start <= each.on <= last})
        if held > best:
            best, starts = held, start
    since = f" from {in_words(starts)}" if starts else ""
    text = f"at most {best} places of work in {days} days{since}; {needed} asked"
    return Measured(best >= needed, (Step(text, terms.places_clause),))


def rejustify_due(last_form: date, terms: EligibilityTerms = LODI) -> date | None:
    """Return the day the need is to be documented again; None where nobody asks.

    Clause: Lodi 2011 §3.A.2.
    """
    if terms.rejustify_months is None:
        return None
    return months_later(last_form, terms.rejustify_months)


def _met(each: CriteriaSet, need: Need, terms: EligibilityTerms) -> tuple[str, ...]:
    ticked = need.grounds.get(each.name, ())
    return tuple(
        reason
        for reason in each.criteria
        if _is_met(reason, ticked, need, terms)
        and not (each == terms.sets[-1] and _fails_in_field(reason, need, terms))
    )


def _is_met(
    reason: str, ticked: Collection[str], need: Need, terms: EligibilityTerms
) -> bool:
    if reason == FIELD_SHARE:
        return _holds(terms.field, need.field_share)
    if reason == LOCATIONS:
        return enough_places(need.worked, terms).meets
    return reason in ticked


def _fails_in_field(reason: str, need: Need, terms: EligibilityTerms) -> bool:
    return (
        reason == terms.field_criterion
        and terms.field is not None
        and need.field_share is not None
        and not terms.field.holds(need.field_share)
    )


def _holds(limit: Limit | None, share: Decimal | None) -> bool:
    return limit is not None and share is not None and limit.holds(share)


def _spoken(limit: Limit) -> str:
    return f"{SIDES[limit.operator]} {limit.bound} %"


SIDES = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}


def _home(each: CriteriaSet, terms: EligibilityTerms) -> Clause:
    """Name the section a list stands in, where lists are named by their sections."""
    if terms.clause.number in {one.name for one in terms.sets}:
        return Clause(terms.clause.policy, each.name)
    return terms.clause


def _too_few(
    each: CriteriaSet, met: tuple[str, ...], terms: EligibilityTerms
) -> Step | None:
    return against(
        len(met) < each.needed,
        f"{len(met)} of the reasons of {each.name} met; {each.needed} needed.",
        _home(each, terms),
        "AMB-28",
    )
