"""Editions with an official's figures, and questions about a choice of phones."""

from datetime import date
from decimal import Decimal

from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.parameters import Edition, Setting
from mobile_selfservice.services.choice.advice import AdviceQuestion
from mobile_selfservice.services.choice.own_contract import OwnContract
from mobile_selfservice.services.choice.termination_answer import TerminationQuestion
from mobile_selfservice.services.policy_in_force import packaged

LODI = packaged("lodi_2011")
DAY = date(2026, 3, 10)


def with_figures(*figures: tuple[str, object, str], edition: Edition = LODI) -> Edition:
    """Lay figures (key, value, scope) over an edition, as an official sets them."""
    return edition.with_settings(
        Setting(
            key=key,
            value=value,
            valid_from=date(2011, 3, 2),
            set_by="Deputy City Manager",
            authority="Memo",
            scope=scope,
        )
        for key, value, scope in figures
    )


def surveyed(price: str, stipend_class: str = "smart") -> tuple[str, object, str]:
    """Survey one contract of a class."""
    row = {
        "carrier": "AT&T",
        "plan": "Basic",
        "class": stipend_class,
        "price": price,
        "surveyed_on": "2026-01-05",
    }
    return ("stipend.retail_survey", [row], "")


SURVEYED = with_figures(surveyed("100.00"))


def termination(**details) -> TerminationQuestion:
    usual = {
        "charge": Decimal("175.00"),
        "stipend": Decimal("50.00"),
        "approved_on": DAY,
        "returned_on": DAY,
    }
    return TerminationQuestion(**(usual | details))


def choice(**details) -> AdviceQuestion:
    """Ask for a smart phone's stipend beside a contract of $60.00."""
    usual = {
        "on": DAY,
        "stipend_class": "smart",
        "contract": OwnContract(monthly=Decimal("60.00")),
        "city_cost": exactly("62.00"),
    }
    return AdviceQuestion(**(usual | details))


def exactly(amount: str) -> Explained:
    return Explained(Decimal(amount), ())
