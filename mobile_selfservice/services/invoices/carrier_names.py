"""What people call the carriers, whose names are kept as one lower-case word."""

NAMES = {
    "verizon": "Verizon",
    "att": "AT&T",
    "tmobile": "T-Mobile",
    "ting": "Ting",
}


def carrier_name(carrier: str) -> str:
    """Give a carrier's name; one the portal has no name for stands as it was given."""
    return NAMES.get(carrier, carrier)
