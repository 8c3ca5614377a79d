"""What people call the carriers, whose names are kept as one lower-case word."""

NAMES = {
    "verizon": "Verizon",
    "att": "AT&T",
    "tmobile": "T-Mobile",
    "ting": "Ting",
}


def carrier_name(carrier: str) -> str:
    """Give a carrier's name; of another the word it is kept by, as words."""
    return NAMES.get(carrier) or carrier.replace("_", " ").title()
