"""The lists of reasons an employer asks for, each in the words of its policy."""

from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.eligibility import (
    FIELD_SHARE,
    LOCATIONS,
    eligibility_terms,
)
from mobile_selfservice.policy.parameters import Edition

MEASURED = (FIELD_SHARE, LOCATIONS)
WORDS = {
    ("3.A.1", "a"): "Wide mobility and access to the network at the same time",
    ("3.A.1", "b"): "Timely, business-critical two-way communication that nothing else "
    "gives within reason",
    ("3.A.1", "c"): "Emergency support and back-up from wherever the employee is",
    ("3.A.1", "d"): "Special circumstances needed for the employer’s business",
    ("4.B.1", "b"): "In the field for more of the work day than the policy asks, and "
    "must be reachable where radio will not do",
    ("4.B.1", "c"): "Normal duties need contact outside regular hours, consistently",
    ("4.B.1", "d"): "No telephone is there, and a landline is not practical or "
    "cost-effective",
    ("4.B.1", "e"): "Safety of staff or the public",
    ("Appendix B", "data_capture"): "Systematic capture of information by electronic "
    "means",
    ("Appendix B", "duty_station"): "A duty station where fixed lines are impractical",
    ("Appendix B", "on_call"): "On call outside regular hours",
    ("Appendix B", "sensitive_data"): "Routine sensitive data that needs controls "
    "other equipment cannot give",
    ("Appendix B", "emergency_communication"): "Communicates in emergencies",
    ("Appendix B", "emergency_response"): "Has a role in emergency response",
    ("Appendix B", "location_data"): "Needs location data in emergencies",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to tick: the name of its box, its clause, and its words."""

    field: str
    clause: str
    words: str


@dataclass(frozen=True, slots=True)
class ReasonList:
    """One list of reasons, and how many of it must be met."""

    name: str
    needed: int
    reasons: tuple[Reason, ...]


def lists_asked(edition: Edition, on: date) -> tuple[ReasonList, ...]:
    """Return the lists of the edition in force; what is measured is not ticked.

    Clause: Lodi 2011 §3.A.1, §4.B.1. Reading: AMB-28, AMB-29.
    """
    return tuple(
        ReasonList(
            listed.name,
            listed.needed,
            tuple(
                Reason(
                    f"ground:{listed.name}:{reason}",
                    f"{listed.name}.{reason}" if len(reason) == 1 else listed.name,
                    words_of(listed.name, reason),
                )
                for reason in listed.criteria
                if reason not in MEASURED
            ),
        )
        for listed in eligibility_terms(edition, on).sets
    )


def words_of(listed: str, reason: str) -> str:
    """Say one reason in words; one we have no words for by its own name."""
    found = WORDS.get((listed, reason))
    return found or reason.replace("_", " ").capitalize()


def asks_places(edition: Edition, on: date) -> bool:
    """Tell whether the places somebody works at are counted.

    Clause: NY ITS-P18-007 §Appendix B.
    """
    return eligibility_terms(edition, on).places is not None
