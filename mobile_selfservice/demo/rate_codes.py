"""Finance says what the carrier's rate codes mean, before the first invoice."""

from datetime import date, datetime

from mobile_selfservice.demo import people
from mobile_selfservice.demo.layouts import DemoLayout
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.services.codes import code_setting
from mobile_selfservice.services.codes.code_setting import WantedCode

REASON = "As the carrier explains its codes on the paper bill."


def map_codes(
    telling: Telling, layout: DemoLayout, valid_from: date, now: datetime
) -> None:
    """Set every code of a layout that its files leave unexplained."""
    finance = telling.residents[people.FINANCE]
    for entry in layout.codes:
        wanted = WantedCode(
            carrier=entry.carrier,
            code=entry.code.code,
            feature=entry.code.feature,
            is_exact=False,
            usage_class=entry.treatment.usage_class,
            counts=bool(entry.treatment.counts),
            valid_from=valid_from,
            reason=REASON,
            seen=code_setting.seen(telling.session, finance.employer_id),
            idempotency_key=f"demo/{entry.carrier}/{entry.code.text}",
        )
        code_setting.set_code(telling.session, finance, wanted=wanted, now=now)
