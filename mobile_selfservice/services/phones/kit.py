"""What goes with a phone when it is handed out, and comes back with it."""

# Lodi 2011 section 4.A names them, in this order.
KIT = {
    "battery": "Battery",
    "charger": "Wall charger",
    "clip": "Belt clip",
    "manual": "Operating instructions",
}
PHONE = "phone"
RETURNED = {PHONE: "The phone itself", **KIT}


def kit_words(parts: list[str]) -> list[str]:
    """Name parts of a kit, in the policy's order."""
    return [words for part, words in RETURNED.items() if part in parts]
