"""Why an act on an election or a stipend is declined, worded for who did it."""

from mobile_selfservice.policy.explained import Ruling
from mobile_selfservice.services.refusals import Refused


class AgainstPolicy(Refused):
    """The policy stands against it; each sentence names its clause."""

    def __init__(self, what: str, ruling: Ruling) -> None:
        why = " ".join(f"{step.text} ({step.clause})" for step in ruling.refusals)
        super().__init__(f"{what} {why} Nothing was changed.")


class OpenAlready(Refused):
    """The employee's election is with somebody else already."""

    def __init__(self) -> None:
        super().__init__(
            "Your election is on its way, so it cannot be changed now. Withdraw it "
            "first if something in it is wrong; then you can ask again."
        )


class HeldAlready(Refused):
    """The employee holds that class of stipend, or waits for a first month."""

    def __init__(self) -> None:
        super().__init__(
            "You hold this stipend already, or wait for its first month. Nothing was "
            "changed. You may ask for the other class once it is paid."
        )


class ProofNeeded(Refused):
    """The election has no proof of contract that could be looked at."""

    def __init__(self) -> None:
        super().__init__(
            "A proof of your phone contract is needed first: hand in a bill or the "
            "contract as PDF, PNG or JPEG (Lodi 2011 §3.B.2.d). Nothing was sent."
        )


class ProofDeclined(Refused):
    """The proof an election rests on was declined."""

    def __init__(self) -> None:
        super().__init__(
            "The proof of contract that this election rests on was declined. The "
            "employee has to hand in another one first. Nothing was changed."
        )


class PhoneStillHeld(Refused):
    """A City phone is still with the employee."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} still has a City phone, and a City phone and a stipend exclude "
            "each other (Lodi 2011 §3.B). Say on which day it came back, or record its "
            "return first. Nothing was changed."
        )


class PenaltyUnknown(Refused):
    """A City phone was given up and nobody said what the carrier charges for it."""

    def __init__(self) -> None:
        super().__init__(
            "Say what the carrier charges for ending the City phone’s contract: its "
            "quote, or the months that the contract has run. Write 0 where it charges "
            "nothing. Nothing was changed."
        )


class CostUnknown(Refused):
    """Nobody knows what a City phone would cost."""

    def __init__(self) -> None:
        super().__init__(
            "What a City phone would cost is not known: there are no bills of a line "
            "of this employee. Enter the plan’s quote (Lodi 2011 §3.B.2.a). Nothing "
            "was changed."
        )
