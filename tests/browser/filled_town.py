"""A town in which every screen has something on it, made by the portal's own acts."""

from datetime import datetime, timedelta
from decimal import Decimal

from mobile_selfservice import clock
from mobile_selfservice.models.invoice import BillState, InvoiceState
from mobile_selfservice.models.review import Mark
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.bills import bill_review, remembered_numbers
from mobile_selfservice.services.bills.bill_review import Word
from mobile_selfservice.services.bills.item_choice import Items
from mobile_selfservice.services.bills.remembered_numbers import Remembered
from mobile_selfservice.services.codes import code_setting
from mobile_selfservice.services.leave import telling
from mobile_selfservice.services.leave.telling import TypedLeave
from mobile_selfservice.services.money import reimbursement, tendering
from mobile_selfservice.services.money.reimbursement import Arrival
from mobile_selfservice.services.money.tendering import Offer
from mobile_selfservice.services.phones import number_readers, own_number
from mobile_selfservice.services.phones.number_readers import Naming
from mobile_selfservice.services.phones.own_number import Told
from mobile_selfservice.services.statements import (
    certification,
    certified,
    director_review,
)
from tests.browser.filled_stipends import stipends
from tests.factories import Factory
from tests.services import authorization_forms, claims, coded, payroll
from tests.services.handed_out import (
    ANSWERS,
    approved_form,
    handed_out,
    make_ready,
    order,
)

HOME, OFFICE = "+12095550142", "+12095550150"


class FilledTown:
    """Makes the people and their bills; `bills` and `invoices` name what it made."""

    def __init__(self, words: str = "STOCKTON CA") -> None:
        self.words = words
        self.bills: dict[str, int] = {}
        self.invoices: dict[str, int] = {}

    def __call__(self, make: Factory) -> dict[str, Actor]:
        people = {
            "clerk": make.person(Role.FINANCE),
            "colleague": make.person(Role.FINANCE),
            "robin": make.person(),
            "newcomer": make.person(department=make.city.library),
            "director": make.person(Role.DIRECTOR),
            "librarian": make.person(Role.DIRECTOR, department=make.city.library),
            "auditor": make.person(Role.AUDITOR),
            "administrator": make.person(Role.ADMINISTRATOR),
        }
        self._bills(make, people)
        self._codes(make, people)
        self._payroll(make, people)
        self._claims(make, people)
        self._forms(make, people)
        self._phones(make, people)
        self._leave(make, people)
        self.bills |= stipends(make, people, self.words)
        return people

    def _phones(self, make: Factory, people: dict[str, Actor]) -> None:
        """A phone to order, one to sign for, one in use; numbers, and who sees them."""
        session, now = make.session, clock.now()
        people["technician"] = make.person(Role.IT, department=make.city.library)
        clerk, robin, director = (
            people[name] for name in ("technician", "robin", "director")
        )
        forms = [approved_form(make, robin, director, answers=ANSWERS) for _ in "123"]
        to_order, to_sign, in_use = forms
        self.bills["phone_to_order"] = to_order.id
        self.bills["phone_to_sign"] = to_sign.id
        self.bills["phone_in_use"] = in_use.id
        self.bills["phone_signed"] = handed_out(session, clerk, in_use, robin, now)
        order(session, clerk, to_sign, now)
        other = {"serial": "SN-0002", "asset_tag": "AC-0413", "number": "2095550172"}
        self.bills["phone_ready"] = make_ready(session, clerk, to_sign, now, **other)
        told = Told("(209) 555-0163", 0)
        own_number.tell(session, robin, told=told, now=now)
        number_readers.expect(
            session, director, person_id=robin.person_id, is_expected=True, now=now
        )
        naming = Naming(clerk.person_id, director.department_id)
        number_readers.name_reader(session, director, naming=naming, now=now)

    def _leave(self, make: Factory, people: dict[str, Actor]) -> None:
        """Robin is away for long with a City phone, a colleague for a week."""
        today = clock.now().date()
        for who, days in (("robin", 60), ("colleague", 6)):
            typed = TypedLeave("sick", today, today + timedelta(days=days))
            telling.tell(make.session, people[who], typed=typed, now=clock.now())

    def _forms(self, make: Factory, people: dict[str, Actor]) -> None:
        """A form to go on with, and one whose exception waits."""
        director, now = people["director"], clock.now()
        said = {"need_why": f"Called out at night. {self.words}"}
        draft = authorization_forms.drafted(
            make.session, director, people["robin"], now=now, minutes="300", **said
        )
        waiting = authorization_forms.signed(
            make.session,
            director,
            people["colleague"],
            now=now,
            **authorization_forms.MORE | said,
        )
        self.bills["form_draft"] = draft.id or 0
        self.bills["form_waiting"] = waiting.id or 0

    def _claims(self, make: Factory, people: dict[str, Actor]) -> None:
        """A claim to fill in, one to decide on and one to pay."""
        robin, director = people["robin"], people["director"]
        names = ("claim_draft", "claim_waiting", "claim_approved")
        for name, days_ago in zip(names, (100, 70, 40), strict=True):
            self.bills[name] = outage_claim(make, robin, days_ago, self.words)
        for name in ("claim_waiting", "claim_approved"):
            claims.hand_in(make.session, robin, self.bills[name], clock.now())
        claims.decide(
            make.session,
            director,
            self.bills["claim_approved"],
            now=clock.now(),
            confirms_outage=True,
        )

    def _payroll(self, make: Factory, people: dict[str, Actor]) -> None:
        """Pay one stipend by a run handed over, and leave the next run open."""
        clerk, now = people["clerk"], clock.now()
        payroll.say_how_taxed(make.session, clerk)
        payroll.stipend(make, people["newcomer"])
        self.invoices["paid_run"] = payroll.paid(make.session, clerk, now)
        self.invoices["open_run"] = payroll.start(make.session, clerk, now=now)

    def _bills(self, make: Factory, people: dict[str, Actor]) -> None:
        robin = people["robin"]
        invoice = make.invoice()
        self.invoices["released"] = invoice.id
        for name in ("open", "small", "signed", "tendered", "returned", "closed"):
            bill = make.bill(
                robin,
                invoice=invoice,
                due_on=clock.now().date() + timedelta(days=20),
                user_name=self.words,
                cost_center=self.words,
            )
            self.bills[name] = bill.id
            self._calls(make, bill, 60 if name == "open" else 6)
        self._remember(make, robin)
        for name in ("signed", "tendered", "returned", "closed"):
            sign(make, robin, self.bills[name])
        self._handle(make, people)
        waiting = make.invoice(state=InvoiceState.PREPARED, ties=False)
        self.invoices["waiting"] = waiting.id
        make.bill(robin, invoice=waiting, state=BillState.PREPARED)
        nobodys = make.bill(
            robin, invoice=waiting, state=BillState.PREPARED, user_name=self.words
        )
        nobodys.holder_id = nobodys.department_id = None
        make.save(nobodys)

    def _calls(self, make: Factory, bill, count: int) -> None:
        for number in range(count):
            make.call(
                bill,
                started=datetime(2026, 3, 3 + number % 9, 8 + number % 12, 5),  # noqa: DTZ001
                party=HOME if number % 3 == 0 else OFFICE,
                destination=self.words,
            )
        make.call(
            bill,
            started=datetime(2026, 3, 2, 9, 15),  # noqa: DTZ001
            party="411",
            party_type="short_code",
            destination=self.words,
            description=self.words,
            extra=Decimal("1.99"),
        )

    def _codes(self, make: Factory, people: dict[str, Actor]) -> None:
        """A code nobody has mapped, one with a meaning, one whose was withdrawn."""
        bill = make.bill(
            people["robin"],
            invoice=make.invoice(carrier="att", state=InvoiceState.PREPARED),
            state=BillState.PREPARED,
        )
        unknown = {"usage_class": "unknown", "counts": None}
        for code in ("XQ11 · DT", "XQ11 · NW", f"XQ12 · DT · {self.words}"):
            make.call(bill, usage_code=code, **unknown)
        for period, is_taken_back in (("NW", False), ("AT", True)):
            done = coded.set_code(make.session, people["clerk"], period=period)
            if is_taken_back:
                code_setting.withdraw(
                    make.session,
                    people["clerk"],
                    code_id=done.code_id,
                    reason=f"Not so. {self.words}",
                    now=clock.now(),
                )

    def _remember(self, make: Factory, robin: Actor) -> None:
        remembered_numbers.remember(
            make.session,
            robin,
            bill_id=self.bills["open"],
            number=Remembered(HOME, "Home", Mark.PERSONAL),
            now=clock.now(),
        )

    def _handle(self, make: Factory, people: dict[str, Actor]) -> None:
        robin, clerk, director = (people[n] for n in ("robin", "clerk", "director"))
        hand_in(make, robin, self.bills["tendered"], self.words)
        answer(make, director, self.bills["tendered"])
        answer(make, director, self.bills["returned"], why=f"Look again. {self.words}")
        tender = hand_in(make, robin, self.bills["closed"], self.words)
        confirm(make, clerk, tender, self.words)
        answer(make, director, self.bills["closed"])


def outage_claim(make: Factory, holder: Actor, days_ago: int, words: str) -> int:
    """Begin a claim for calls of days on which the City phone did not work."""
    first = clock.now().date() - timedelta(days=days_ago)
    return claims.outage_claim(
        make.session, holder, first, carrier=words[:60], now=clock.now()
    )


def sign(make: Factory, holder: Actor, bill_id: int) -> None:
    """Mark what went home as personal, and certify."""
    now = clock.now()
    bill_review.mark_items(
        make.session,
        holder,
        bill_id=bill_id,
        items=Items(party=HOME),
        word=Word(Mark.PERSONAL),
        now=now,
    )
    prepared = certification.prepare(make.session, holder, bill_id=bill_id, now=now)
    certification.certify(
        make.session,
        holder,
        bill_id=bill_id,
        signature=prepared.draft.signature,
        now=now,
    )


def hand_in(make: Factory, holder: Actor, bill_id: int, reference: str) -> int:
    """Hand in what is owed: 2 calls of 14 minutes, $2.80."""
    offer = Offer("cash", Decimal("2.80"), reference[:80], f"hand-in-{bill_id}")
    made = tendering.tender(
        make.session, holder, bill_id=bill_id, offer=offer, now=clock.now()
    )
    return made.tender_id


def confirm(make: Factory, clerk: Actor, tender_id: int, reference: str) -> None:
    """Confirm all of it."""
    arrival = Arrival(Decimal("2.80"), reference[:80], 1, f"arrival-{tender_id}")
    reimbursement.confirm(
        make.session, clerk, tender_id=tender_id, arrival=arrival, now=clock.now()
    )


def answer(make: Factory, director: Actor, bill_id: int, why: str = "") -> None:
    """Accept a statement, or return it with a reason."""
    found = certified.latest(make.session, bill_id)
    given = {"bill_id": bill_id, "certification_id": found.id, "now": clock.now()}
    if why:
        director_review.return_with_reason(make.session, director, reason=why, **given)
    else:
        director_review.accept(make.session, director, **given)
