"""Writing a draft into the tables: invoices, bills, charges, items, carried marks.

One transaction, all or nothing; the caller holds the employer's lock.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import insert
from sqlmodel import Session

from mobile_selfservice.carriers.reading import InvoiceReading, LineReading
from mobile_selfservice.carriers.records import Charge, Kind
from mobile_selfservice.models.columns import Quantity
from mobile_selfservice.models.invoice import (
    Bill,
    BillCharge,
    BillState,
    Invoice,
    InvoiceState,
)
from mobile_selfservice.models.line import Line
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services import history
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import plan_minutes
from mobile_selfservice.services.codes import code_uses
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.invoices import (
    invoice_checks,
    invoice_pdf,
    invoice_trial,
    line_matching,
    line_parts,
)
from mobile_selfservice.services.invoices.correction_proposal import (
    Left,
    is_whole,
    propose,
    twin_of,
)
from mobile_selfservice.services.invoices.invoice_draft import Draft
from mobile_selfservice.services.invoices.item_rows import copy_into_table
from mobile_selfservice.services.invoices.line_matching import Match
from mobile_selfservice.services.invoices.line_parts import HandedOver
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.revised_bills import Replacement, carry_marks
from mobile_selfservice.services.invoices.revision import GONE, REPLACEABLE, Revision
from mobile_selfservice.services.refusals import ChangedMeanwhile

WRITTEN_AT_ONCE = 1_000
THOUSANDTH = Decimal(1).scaleb(-Quantity.places)


@dataclass
class Publication:
    """One draft on its way into the tables.

    `left` are the signed bills it leaves alone, by invoice; `twins` hold what the
    carrier sends for them now.
    """

    session: Session
    actor: Actor
    import_id: int
    draft: Draft
    now: datetime
    progress: Progress = field(default_factory=Progress)
    invoice_ids: list[int] = field(default_factory=list)
    bill_of_line: dict[int, int] = field(default_factory=dict)
    replacements: list[Replacement] = field(default_factory=list)
    handed_over: HandedOver = field(default_factory=HandedOver)
    left: dict[int, list[Left]] = field(default_factory=dict)
    twins: list[Bill] = field(default_factory=list)
    items: int = 0

    @property
    def bills(self) -> int:
        """Count the bills written for people to review."""
        return len(self.bill_of_line) - len(self.twins)

    def write(self, revisions: list[Revision]) -> None:
        """Write everything, then carry the marks over."""
        self.progress.enter("publishing")
        self.draft.ahead.must_stand(self.session)
        for invoice, revision in zip(self.draft.invoices, revisions, strict=True):
            self._write_invoice(invoice, revision)
        rows = self.handed_over.tell_apart(
            self.session, self.draft.items, self.bill_of_line
        )
        if self.draft.ahead.lines & self.handed_over.parts.keys():
            raise ChangedMeanwhile("Who holds a line")
        missing = {
            line: bill
            for line, bill in self.bill_of_line.items()
            if line not in self.draft.ahead.lines
        }
        self.items = self.progress.rows = self.draft.ahead.items
        for written in copy_into_table(self.session, rows, missing) if missing else ():
            self.items = self.progress.rows = self.draft.ahead.items + written
            self.progress.must_go_on()
        self.handed_over.conclude(self.session)
        old = [replacement.old for replacement in self.replacements]
        self.replacements += [
            Replacement(*pair) for pair in self.handed_over.replacements(old)
        ]
        kept_on = {twin.invoice_id for twin in self.twins}
        published = [*self.invoice_ids, *kept_on]
        code_uses.keep_uses(self.session, published)
        plan_minutes.keep_counted(self.session, published)
        carry_marks(self.session, self.draft, self.replacements)
        self._propose_corrections()

    def _propose_corrections(self) -> None:
        for invoice_id, left in self.left.items():
            propose(
                self.session,
                self.actor,
                invoice_id=invoice_id,
                left=left,
                now=self.now,
            )

    def _write_invoice(self, invoice: InvoiceReading, revision: Revision) -> None:
        row = self._invoice_row(invoice, revision.earlier)
        self.session.add(row)
        self.session.flush()
        self.invoice_ids.append(row.id or 0)
        self._keep_legend(row, revision.key)
        checks = invoice_checks.checks_of(self.draft, invoice)
        invoice_checks.keep(self.session, row.id or 0, checks)
        pdfs = self.draft.pdfs.get(revision.key, [])
        invoice_pdf.keep(self.session, row.id or 0, pdfs)
        owners = self._owners(invoice)
        self._move_on(row, revision, owners)
        bills = self._bill_rows(row, invoice, revision, owners)
        self.session.add_all(bills.values())
        self.session.flush()
        twins = self._twins(row, invoice, revision, owners)
        self._write_charges(row, invoice, bills | twins)
        for number, twin in twins.items():
            index = self.draft.items.of(revision.key, number).index
            self.bill_of_line[index] = twin.id or 0
        for number, bill in bills.items():
            index = self.draft.items.of(revision.key, number).index
            self.bill_of_line[index] = bill.id or 0
            self.handed_over.add(index, bill, invoice_trial.term_of(invoice))
        self._note(row, revision, len(bills))

    def _keep_legend(self, row: Invoice, key: str) -> None:
        legend = self.draft.reading.legend
        said = [line for line in legend if line.invoice == key]
        code_uses.keep_legend(self.session, row.id or 0, row.carrier, said)

    def _invoice_row(self, invoice: InvoiceReading, earlier: Invoice | None) -> Invoice:
        head = invoice.head
        current = invoice_trial.total_of(self.draft, invoice)
        return Invoice(
            employer_id=self.actor.employer_id,
            import_id=self.import_id,
            carrier=head.carrier,
            master_account=head.master_account,
            account=head.account,
            number=head.number,
            revision=earlier.revision + 1 if earlier else 1,
            supersedes_id=earlier.id if earlier else None,
            month=invoice_trial.month_of(invoice),
            bill_date=head.bill_date,
            period_from=head.period_from,
            period_through=head.period_through,
            period_inferred=head.period_inferred,
            due_on=head.due_on,
            total_current=current,
            total_due=head.stated.get("due", current),
            account_level=invoice.account_level,
            stated={name: str(amount) for name, amount in head.stated.items()},
            ties=invoice_checks.ties(self.draft, invoice),
        )

    def _owners(self, invoice: InvoiceReading) -> dict[str, Match]:
        """Match the lines, and take up the numbers nobody knows yet."""
        term = invoice_trial.term_of(invoice)
        employer_id = self.actor.employer_id
        known = line_matching.matches(self.session, employer_id, invoice.lines, term)
        unknown = [
            Line(
                employer_id=employer_id,
                number=number,
                label=(line.line.user_name or "").title(),
            )
            for number, line in invoice.lines.items()
            if number not in known
        ]
        self.session.add_all(unknown)
        self.session.flush()
        return known | {line.number: Match(line.id or 0) for line in unknown}

    def _move_on(
        self, row: Invoice, revision: Revision, owners: dict[str, Match]
    ) -> None:
        """Bring the bills that stay alive under the new revision."""
        if revision.earlier is None:
            return
        revision.earlier.state = InvoiceState.SUPERSEDED
        self.session.add(revision.earlier)
        for bill in revision.unchanged:
            bill.invoice_id = row.id or 0
            if bill.state == BillState.PREPARED and bill.holder_id is None:
                _give(bill, owners[bill.number])
            self.session.add(bill)
        for change in revision.changed:
            if change.is_replaced:
                self._supersede(change.bill, "a corrected invoice replaced it")
        for bill in revision.gone:
            if bill.state in REPLACEABLE:
                self._supersede(bill, "a corrected invoice no longer lists it")
                continue
            self._leave(row, Left(bill, GONE, ZERO))
        self._move_parts(row, revision)
        self.session.flush()

    def _move_parts(self, row: Invoice, revision: Revision) -> None:
        """Let the bills of a line's earlier holders go the way of its last holder's."""
        ended = {change.bill.number for change in revision.changed}
        ended |= {bill.number for bill in revision.gone}
        for part in line_parts.earlier_parts(self.session, row.supersedes_id or 0):
            is_open = part.state in REPLACEABLE
            if is_open and part.number in ended and part.number not in revision.kept:
                self._supersede(part, "a corrected invoice replaced it")
                self.handed_over.superseded.append(part)
                continue
            part.invoice_id = row.id or 0
            self.session.add(part)

    def _supersede(self, bill: Bill, why: str) -> None:
        bill.state = BillState.SUPERSEDED
        bill.version += 1
        self.session.add(bill)
        note = f"Superseded: {why}"
        event = Event("bill.superseded", "bill", bill.id or 0, note)
        history.record(self.session, self.actor, event, self.now)

    def _leave(self, row: Invoice, left: Left) -> None:
        """Leave a certified bill as it was signed; a correction is proposed later."""
        left.bill.invoice_id = row.id or 0
        self.session.add(left.bill)
        self.left.setdefault(row.id or 0, []).append(left)

    def _twins(
        self,
        row: Invoice,
        invoice: InvoiceReading,
        revision: Revision,
        owners: dict[str, Match],
    ) -> dict[str, Bill]:
        """Keep the corrected items of bills that stay as they were signed."""
        twins: dict[str, Bill] = {}
        for change in revision.changed:
            if change.is_replaced or revision.earlier is None:
                continue
            twin = None
            if is_whole(change.bill):
                number = change.number
                drafted = self._bill(row, invoice.lines[number], owners[number])
                twin = twin_of(change.bill, drafted, revision.earlier.id or 0)
                twins[number] = twin
            left = Left(change.bill, change.content, change.after, twin)
            self._leave(row, left)
        self.session.flush()  # the signed bills have left their place by now
        self.session.add_all(twins.values())
        self.session.flush()
        self.twins += twins.values()
        return twins

    def _bill_rows(
        self,
        row: Invoice,
        invoice: InvoiceReading,
        revision: Revision,
        owners: dict[str, Match],
    ) -> dict[str, Bill]:
        """Make the bills that are new or replace another."""
        replaced = {
            change.number: change.bill
            for change in revision.changed
            if change.is_replaced
        }
        bills = {}
        for number in (*revision.new, *replaced):
            bill = self._bill(row, invoice.lines[number], owners[number])
            bill.id = self.draft.ahead.bill_id(
                self.draft.items.of(revision.key, number).index
            )
            if number in replaced:
                bill.replaces_id = replaced[number].id
                self.replacements.append(Replacement(replaced[number], bill))
            bills[number] = bill
        return bills

    def _bill(self, row: Invoice, line: LineReading, owner: Match) -> Bill:
        of, key = line.line, f"{row.account}/{row.number}"
        plan = self.draft.plan_of(key, line)
        bill = Bill(
            employer_id=row.employer_id,
            invoice_id=row.id or 0,
            line_id=owner.line_id,
            month=row.month,
            number=of.number,
            user_name=of.user_name or "",
            cost_center=of.cost_center or "",
            plan=of.plan or "",
            plan_kind=plan.kind,
            allowance_minutes=plan.allowance,
            overage_charged=plan.overage_charged,
            base_charge=plan.base_charge,
            pool_minutes=plan.pool_minutes,
            message_allowance=plan.message_allowance,
            message_overage=plan.message_overage,
            stated={name: str(amount) for name, amount in of.stated.items()},
            cost=self.draft.cost_of(key, line),
            content_hash=self.draft.content_of(key, line),
        )
        _give(bill, owner)
        _sum_up(bill, line)
        return bill

    def _write_charges(
        self, row: Invoice, invoice: InvoiceReading, bills: dict[str, Bill]
    ) -> None:
        key = invoice.head.key
        rows = [_charge_row(row, None, c) for c in self.draft.charges_of(key, None)]
        for number, bill in bills.items():
            charges = self.draft.charges_of(key, number)
            rows += [_charge_row(row, bill.id, charge) for charge in charges]
        for start in range(0, len(rows), WRITTEN_AT_ONCE):
            portion = rows[start : start + WRITTEN_AT_ONCE]
            self.session.execute(insert(BillCharge), portion)

    def _note(self, row: Invoice, revision: Revision, bills: int) -> None:
        act, note = "invoice.published", f"Published with {bills:,} bills"
        if revision.earlier:
            act = "invoice.revised"
            note = (
                f"Revision {row.revision} took the place of revision "
                f"{revision.earlier.revision}: {bills:,} bills new or replaced, "
                f"{len(revision.unchanged):,} unchanged"
            )
        event = Event(act, "invoice", row.id or 0, note, {"import": self.import_id})
        history.record(self.session, self.actor, event, self.now)


def _give(bill: Bill, owner: Match) -> None:
    bill.holder_id, bill.department_id = owner.holder_id, owner.department_id


def _sum_up(bill: Bill, line: LineReading) -> None:
    """Fill in what the items come to, so that no dashboard has to scan them."""
    bill.item_count = sum(kind.count for kind in line.items.values())
    voice, messages, data = (
        line.items.get(kind) for kind in (Kind.VOICE, Kind.MESSAGE, Kind.DATA)
    )
    bill.voice_minutes = _thousandths(voice.quantity) if voice else Decimal(0)
    bill.message_count = messages.count if messages else 0
    bill.data_kilobytes = _thousandths(data.quantity) if data else Decimal(0)


def _thousandths(quantity: Decimal) -> Decimal:
    return quantity.quantize(THOUSANDTH)


def _charge_row(
    invoice: Invoice, bill_id: int | None, charge: Charge
) -> dict[str, object]:
    return {
        "invoice_id": invoice.id,
        "bill_id": bill_id,
        "category": charge.category,
        "description": charge.description,
        "amount": charge.amount,
        "unit": charge.unit,
        "allowance": _kept(charge.allowance),
        "is_unlimited": charge.is_unlimited,
        "is_shared": charge.is_shared,
        "used": _kept(charge.used),
        "billable": _kept(charge.billable),
    }


def _kept(quantity: Decimal | None) -> Decimal | None:
    return None if quantity is None else _thousandths(quantity)
