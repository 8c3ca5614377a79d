"""The form of a code in words, and what setting it would do."""

from dataclasses import dataclass, field
from datetime import date

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import counted, day_in_words
from mobile_selfservice.pages.rate_codes.view import CodeKey, title_of
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import stated_reason
from mobile_selfservice.services.codes import code_words
from mobile_selfservice.services.codes.code_effect import Effect
from mobile_selfservice.services.codes.code_setting import CodeSet, WantedCode
from mobile_selfservice.services.codes.code_words import treatment_words

MEANINGS = [
    Option("", "Choose"),
    *(Option(meaning, words) for meaning, words in code_words.MEANINGS),
]
YES_OR_NO = [
    Option("yes", "Yes", "Personal minutes are charged at the rate."),
    Option("no", "No", "Free of the rate, unless the carrier charged for the call."),
]
HOW_FAR = [
    Option("this", "This code exactly as it is printed here"),
    Option("any", "Every code that begins so, whatever stands in its blank parts"),
]


@dataclass(frozen=True)
class FormView:
    """The form as it is opened; `has_blanks`: some part of the code is blank."""

    is_open: bool = False
    title: str = ""
    key: CodeKey = field(default_factory=CodeKey)
    has_blanks: bool = False
    how_far: str = "this"
    said: str = ""


@dataclass(frozen=True)
class Problems:
    """What is wrong with each field; empty where it is right."""

    usage_class: str = ""
    counts: str = ""
    valid_from: str = ""
    reason: str = ""


@dataclass(frozen=True)
class WeighedView:
    """What setting a meaning would do, before it is set."""

    is_open: bool = False
    title: str = ""
    meaning: str = ""
    open_bills: str = ""
    sums: str = ""
    signed: str = ""
    own: str = ""


def form_view(key: CodeKey, said: str) -> FormView:
    """Open the form for one code, filled with what is suggested."""
    parts = (key.code, key.period, key.feature)
    return FormView(
        is_open=True,
        title=f"What does {title_of(key)} mean?",
        key=key,
        has_blanks=any(parts) and not all(parts),
        how_far="this" if key.is_exact else "any",
        said=said,
    )


def missing(form_data: dict[str, str]) -> dict[str, str]:
    """Say what is left empty or too short, by field."""
    asked = {
        "usage_class": "Choose what the code means",
        "counts": "Say whether its minutes count against the plan",
        "valid_from": "Give the first bill date",
        "reason": "Write how you know, in at least 10 characters",
    }
    least = dict.fromkeys(asked, 1) | {"reason": stated_reason.SHORTEST}
    return {
        name: words
        for name, words in asked.items()
        if len(form_data.get(name, "").strip()) < least[name]
    }


def weighed_view(wanted: WantedCode, effect: Effect, key: CodeKey) -> WeighedView:
    """Say what setting a meaning would do."""
    return WeighedView(
        is_open=True,
        title=f"{title_of(key)}: set it?",
        meaning=f"{treatment_words(wanted.usage_class, wanted.counts)}, on bills dated "
        f"{day_in_words(wanted.valid_from)} or later.",
        open_bills=_open_bills(effect),
        sums=_sums(effect),
        signed=_signed(effect),
        own=_own(effect),
    )


def done_in_words(done: CodeSet) -> str:
    """Say what was done."""
    effect = done.effect
    said = [f"Set: {done.words}."]
    if effect.bills:
        said.append(_open_bills(effect))
    if effect.changed:
        bills = counted(effect.changed, "bill")
        said.append(f"{bills} worked out anew.")
    if effect.left_out:
        said.append(_own(effect))
    return " ".join(said)


def day_of(said: str) -> date | None:
    """Read the day typed; None if it is none."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _open_bills(effect: Effect) -> str:
    if not effect.bills:
        return "No open bill is read otherwise by it."
    items, bills = counted(effect.items, "item"), counted(effect.bills, "open bill")
    verb = "is" if effect.items == 1 else "are"
    return f"{items} of {bills} {verb} read so from now on."


def _sums(effect: Effect) -> str:
    if not effect.changed:
        return "What their holders owe does not change."
    bills = counted(effect.changed, "open bill")
    verb = "comes" if effect.changed == 1 else "come"
    return (
        f"{bills} {verb} out differently: {dollars(effect.before)} owed in all now, "
        f"{dollars(effect.after)} then. Their holders can read it in the history."
    )


def _signed(effect: Effect) -> str:
    if not effect.signed:
        return ""
    bills = counted(effect.signed, "signed bill")
    verb = "holds" if effect.signed == 1 else "hold"
    stay = "It stays as it was" if effect.signed == 1 else "They stay as they were"
    return f"{bills} {verb} the code. {stay} signed."


def _own(effect: Effect) -> str:
    if not effect.left_out:
        return ""
    bills = counted(effect.left_out, "open bill")
    return f"{bills} of your own: a colleague of finance has to apply it there."
