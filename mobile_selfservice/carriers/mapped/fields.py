"""What a column can be mapped to, in the words that a clerk chooses from."""

from dataclasses import dataclass
from enum import StrEnum


class Rows(StrEnum):
    """What every row of a file is."""

    ITEMS = "items"
    LINES = "lines"
    CHARGES = "charges"


ROWS_TITLES = {
    Rows.ITEMS: "One row for each call, message or use of data",
    Rows.LINES: "One row for each wireless number, with its total",
    Rows.CHARGES: "One row for each charge or credit",
}
EVERY = frozenset(Rows)
ITEMS = frozenset({Rows.ITEMS})
LINES = frozenset({Rows.LINES})
CHARGES = frozenset({Rows.CHARGES})


@dataclass(frozen=True)
class Field:
    """One thing a file can say; `often` lists headings under which it stands."""

    name: str
    title: str
    about: str
    rows: frozenset[Rows]
    often: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Give the headings under which it is often found, the likeliest first."""
        return tuple(self.often.split(", "))


FIELDS = (
    Field(
        "line",
        "Wireless number",
        "The number the row is billed to.",
        EVERY,
        "wireless number, wireless no, mobile number, subscriber number, "
        "subscriber, phone number, service number, mdn, ctn, msisdn, line "
        "number, telephone number, user number, cell number, line, phone",
    ),
    Field(
        "user_name",
        "Name on the bill",
        "Who the carrier thinks uses the number.",
        EVERY,
        "user name, username, subscriber name, user, name, employee",
    ),
    Field(
        "cost_center",
        "Cost center",
        "The employer's own mark of a department.",
        EVERY,
        "cost center, cost centre, department, dept, gl code",
    ),
    Field(
        "user_id",
        "User ID",
        "The employer's own mark of a person.",
        EVERY,
        "user id, employee id, employee number",
    ),
    Field(
        "plan",
        "Plan",
        "The rate plan in the carrier's words.",
        EVERY,
        "plan, rate plan, rate plan name, calling plan, price plan",
    ),
    Field(
        "account",
        "Account number",
        "The employer's account with the carrier.",
        EVERY,
        "account number, account no, account, ban, billing account number, "
        "billing account",
    ),
    Field(
        "master_account",
        "Master account",
        "What stands above the account at the carrier.",
        EVERY,
        "master account, foundation account, fan, customer number",
    ),
    Field(
        "invoice",
        "Invoice number",
        "The number of the bill.",
        EVERY,
        "invoice number, invoice no, invoice, bill number, statement number",
    ),
    Field(
        "bill_date",
        "Bill date",
        "The day the bill is of; dates without a year take theirs from it.",
        EVERY,
        "bill date, invoice date, bill cycle date, statement date, billing "
        "date, market cycle end date, cycle end date",
    ),
    Field(
        "period_from",
        "First day billed",
        "The first day of the billing period.",
        EVERY,
        "period start, billing period start, period from, cycle start date",
    ),
    Field(
        "period_through",
        "Last day billed",
        "The last day of the billing period.",
        EVERY,
        "period end, billing period end, period to, period through",
    ),
    Field(
        "due_on",
        "Due date",
        "The day the employer has to pay.",
        EVERY,
        "due date, date due, payment due date",
    ),
    Field(
        "started",
        "Date and time",
        "When it began, day and time in one column.",
        ITEMS,
        "date time, datetime, date and time, call date time, start time "
        "stamp, timestamp",
    ),
    Field(
        "date",
        "Date",
        "The day it began, or the day of the charge.",
        ITEMS | CHARGES,
        "date, call date, usage date, start date, charge date, when",
    ),
    Field(
        "time",
        "Time",
        "The time of day it began.",
        ITEMS,
        "time, call time, start time, usage time, at",
    ),
    Field(
        "other_party",
        "Other party's number",
        "Who was called, or who called.",
        ITEMS,
        "number, number called, called number, dialed number, dialled "
        "number, other party, to from, called party, number dialed, "
        "destination no, called",
    ),
    Field(
        "direction",
        "In or out",
        "Who called whom, in words such as IN and OG.",
        ITEMS,
        "direction, in out, incoming outgoing, call direction, inout",
    ),
    Field(
        "quantity",
        "Minutes, messages or data",
        "How much was used.",
        ITEMS,
        "minutes, duration, min, mins, quantity, call duration, usage, "
        "volume, length, total minutes",
    ),
    Field(
        "kind",
        "Kind of use",
        "Call, message or data, where one file holds several.",
        ITEMS,
        "usage category, kind, usage type, service type, type, source",
    ),
    Field(
        "origin",
        "From where",
        "Where the handset was.",
        ITEMS,
        "origin, origination, call from, from, originating city",
    ),
    Field(
        "destination",
        "To where",
        "Where the call went.",
        ITEMS,
        "destination, call to, to, called city, terminating city, where",
    ),
    Field(
        "description",
        "Description",
        "Anything else the carrier says of it.",
        ITEMS | CHARGES,
        "description, charge description, item description, details",
    ),
    Field(
        "usage_code",
        "Rate code",
        "The carrier's code for how the plan treats it.",
        ITEMS,
        "rate code, usage code, call type, rate plan code",
    ),
    Field(
        "usage_period",
        "Rate period",
        "Peak, off-peak, night or weekend.",
        ITEMS,
        "rate period, rate pd, period, rating period, rate",
    ),
    Field(
        "usage_feature",
        "Feature",
        "The feature that was used, such as call waiting.",
        ITEMS,
        "feature, feature used",
    ),
    Field(
        "airtime",
        "Airtime charge",
        "What the minutes cost.",
        ITEMS,
        "airtime, airtime charge, airtime charges",
    ),
    Field(
        "extra",
        "Long distance and other charges",
        "What was charged beside airtime.",
        ITEMS,
        "long distance, ld charge, ld charges, long distance charge, "
        "additional charges, other charges, roaming charge",
    ),
    Field(
        "tax",
        "Tax",
        "The tax on the item.",
        ITEMS,
        "tax, taxes, gst, hst",
    ),
    Field(
        "total",
        "Total",
        "All that was charged for the row.",
        ITEMS | LINES,
        "total, total charge, total charges, charge, charges, cost, amount, "
        "total amount, total current charges",
    ),
    Field(
        "amount",
        "Amount",
        "The charge; a credit is negative.",
        CHARGES,
        "amount, charge, total, cost, charge amount, net amount",
    ),
    Field(
        "category",
        "Category of the charge",
        "Plan, feature, equipment, tax and the like.",
        CHARGES,
        "category, charge type, charge category, item category, type",
    ),
    Field(
        "vendor",
        "Vendor",
        "Who sold it, where it was not the carrier.",
        CHARGES,
        "vendor, merchant, vendor name",
    ),
    Field(
        "monthly_charges",
        "Monthly charges",
        "The line's plan and features.",
        LINES,
        "monthly charges, plan charges, recurring charges, service charges",
    ),
    Field(
        "usage",
        "Usage charges",
        "The line's charges for use.",
        LINES,
        "usage charges, usage and purchase charges, airtime charges",
    ),
    Field(
        "equipment",
        "Equipment charges",
        "The line's devices and installments.",
        LINES,
        "equipment charges, equipment, device charges",
    ),
    Field(
        "surcharges",
        "Surcharges and fees",
        "The carrier's own surcharges for the line.",
        LINES,
        "surcharges, fees, surcharges and fees, other charges",
    ),
    Field(
        "taxes",
        "Taxes",
        "What the government takes.",
        LINES,
        "taxes, tax, taxes and fees, government taxes and fees",
    ),
    Field(
        "third_party",
        "Third-party charges",
        "What others sold through the bill.",
        LINES,
        "third party charges, purchases",
    ),
    Field(
        "adjustments",
        "Credits and adjustments",
        "What was taken off the line's bill.",
        LINES,
        "credits, adjustments, credits and adjustments, discounts",
    ),
    Field(
        "used_minutes",
        "Minutes used",
        "The line's minutes as the carrier adds them up.",
        LINES,
        "minutes used, total minutes, minutes, voice usage, voice minutes",
    ),
    Field(
        "used_messages",
        "Messages used",
        "The line's messages as the carrier adds them up.",
        LINES,
        "messages used, total messages, messages, text messages, texts",
    ),
    Field(
        "used_data",
        "Data used",
        "The line's data as the carrier adds it up.",
        LINES,
        "data used, data usage, total data, data",
    ),
)
FIELD = {field.name: field for field in FIELDS}
STATED = (
    *("monthly_charges", "usage", "equipment", "surcharges"),
    *("taxes", "third_party", "adjustments"),
)
MONEY = frozenset({"airtime", "extra", "tax", "total", "amount", *STATED})
OF_THE_HEAD = (
    *("account", "master_account", "invoice", "bill_date"),
    *("period_from", "period_through", "due_on"),
)


def fields_of(rows: Rows) -> tuple[Field, ...]:
    """Give the fields that rows of this sort can have, in the order to offer them."""
    return tuple(field for field in FIELDS if rows in field.rows)
