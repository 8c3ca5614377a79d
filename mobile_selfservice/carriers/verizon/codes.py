"""What Verizon's words mean: usage types, item categories, rate periods."""

from mobile_selfservice.carriers.codes import (
    NOT_KNOWN,
    CodeEntry,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.records import (
    Direction,
    Kind,
    RatePeriod,
    Unit,
    UsageClass,
)
from mobile_selfservice.carriers.verizon.layout import CARRIER

Directions = tuple[Direction, Direction, Direction]


# ASSUMPTION: only PlanAllow is seen in a real file; the other two names come from
# people who read Verizon's files. Anything else stays unknown, for finance to map.
KNOWN = tuple(
    CodeEntry(CARRIER, UsageCode(name), Treatment(usage_class, counts))
    for name, usage_class, counts in (
        ("PlanAllow", UsageClass.ALLOWANCE, True),
        ("M2MAllow", UsageClass.MOBILE_TO_MOBILE, False),
        ("NWAllow", UsageClass.FREE, False),
    )
)

RATE_PERIODS = {
    "peak": RatePeriod.PEAK,
    "offpeak": RatePeriod.OFF_PEAK,
    "anytime": RatePeriod.ANYTIME,
}

KIND_WORDS = {
    "voice": Kind.VOICE,
    "messag": Kind.MESSAGE,
    "text": Kind.MESSAGE,
    "data": Kind.DATA,
}
UNITS = {
    Kind.VOICE: Unit.MINUTE,
    Kind.MESSAGE: Unit.MESSAGE,
    Kind.DATA: Unit.KILOBYTE,
    Kind.EXTRA: Unit.EVENT,
}

INCOMING = frozenset({"incoming", "incomingcl"})
RECEIVED_WORDS = ("rcvd", "received", "incoming")
SENT_WORDS = ("sent", "outgoing")

CHARGE_CATEGORIES = {
    "voice": "usage",
    "messaging": "usage",
    "data": "usage",
    "roaming": "usage",
    "international": "usage",
    "intheus": "usage",
    "outsidetheus": "usage",
    "usagecharges": "usage",
    "usageandpurchasecharges": "usage",
    "purchases": "usage",
    "equipmentcharges": "equipment",
    "vzwsurcharges": "surcharge",
    "surcharges": "surcharge",
    "surchargesandoccs": "surcharge",
    "othercharges": "surcharge",
    "taxesgovernmentalsurchargesandfees": "tax",
    "thirdpartycharges": "third_party",
    "chargesforthirdpartyservices": "third_party",
    "latefee": "late_fee",
    "payments": "payment",
    "payment": "payment",
    "additionalservices": "feature",
}


def kind_of(usage_category: str) -> Kind:
    """Tell what a row of the usage detail is, from its category."""
    words = normalized(usage_category)
    for word, kind in KIND_WORDS.items():
        if word in words:
            return kind
    return Kind.EXTRA


def is_incoming(destination: str) -> bool:
    """Say whether a destination is the carrier's word for an incoming call."""
    return normalized(destination) in INCOMING


def directions_of(kind: Kind, description: str) -> Directions:
    """Tell who called, for a blank, a named and an incoming destination.

    A call's only sign is its destination, "Incoming CL"; a message's is in its
    description.
    """
    otherwise = Direction.UNKNOWN
    if kind is Kind.MESSAGE:
        otherwise = _message_direction(normalized(description))
    named = Direction.OUT if kind is Kind.VOICE else otherwise
    return otherwise, named, Direction.IN


def _message_direction(words: str) -> Direction:
    if any(word in words for word in RECEIVED_WORDS):
        return Direction.IN
    if any(word in words for word in SENT_WORDS):
        return Direction.OUT
    return Direction.UNKNOWN


def treatment_of(
    usage_type: str, usage_category: str, international: str, known: Treatment
) -> Treatment:
    """Tell how the plan treats an item: by its usage type, else by what is printed.

    A code nobody mapped is not guessed; only the file's own word for an international
    or a roaming item says more.
    """
    if known != NOT_KNOWN:
        return known
    words = normalized(usage_category)
    if international or "international" in words or "outside" in words:
        return Treatment(UsageClass.INTERNATIONAL, None)
    if "roam" in words:
        return Treatment(UsageClass.ROAMING, None)
    return NOT_KNOWN
