"""Who sets the values of the policy, and who tries a draft of it."""

from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.services.access.reach import agencies, require
from mobile_selfservice.services.actors import Actor, Grant, Role

# Who may act for an office of the policy. An administrator decides nothing (SOD-14).
SETTERS = (Role.FINANCE, Role.IT, Role.DCM, Role.CITY_MANAGER, Role.COUNSEL)
# Who tries a draft policy on certified months; counsel learns no names by it.
REPLAYERS = (
    Role.FINANCE,
    Role.DCM,
    Role.CITY_MANAGER,
    Role.AUDITOR,
    Role.COUNSEL,
)
KNOWING = tuple(role for role in REPLAYERS if role is not Role.COUNSEL)


def setter_of(edition: Edition, key: str) -> Role:
    """Return the role that acts for the official who sets a value of the policy.

    Where the portal has none for that office, the City Manager enters it.
    """
    named = edition.offices.get(edition.parameter(key).set_by, "")
    return Role(named) if named in SETTERS else Role.CITY_MANAGER


def may_set_value(actor: Actor, edition: Edition, key: str) -> bool:
    """Tell whether a person may set a value: their office's, for the whole employer.

    A role fenced to an agency or a department sets nothing for the others.
    """
    return Grant(setter_of(edition, key)) in actor.grants


def may_approve_value(actor: Actor, edition: Edition, key: str) -> bool:
    """Tell whether a person may be the second to a value (SOD-8); not who proposed."""
    is_manager = Grant(Role.CITY_MANAGER) in actor.grants
    return is_manager or may_set_value(actor, edition, key)


def replayed_agencies(actor: Actor) -> frozenset[int | None]:
    """Return the agencies on which a person may try a draft; None among them is all."""
    require(actor, *REPLAYERS)
    return agencies(actor, *REPLAYERS)


def replays_with_names(actor: Actor) -> bool:
    """Tell whether a person may learn who would owe what under a draft.

    Whoever reads certified amounts may; counsel, who has no screen of bills, may not,
    and one whose named reach is narrower than the whole replay may not either.
    """
    known = agencies(actor, *KNOWING)
    return None in known or (bool(known) and known == replayed_agencies(actor))
