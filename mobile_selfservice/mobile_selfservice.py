"""The app Reflex starts: every screen by its address, and how failures look."""

import reflex as rx

from mobile_selfservice.api import routes
from mobile_selfservice.api.built import built_pages
from mobile_selfservice.api.closed import closed_endpoints
from mobile_selfservice.api.headers import security_headers
from mobile_selfservice.components.page_head import (
    STYLESHEETS,
    app_wraps,
    head_components,
)
from mobile_selfservice.gate import Gate
from mobile_selfservice.jobs.import_invoice import find_interrupted
from mobile_selfservice.jobs.schedule import run_forever
from mobile_selfservice.pages.about import accessibility, help_page
from mobile_selfservice.pages.account import AccountState, account
from mobile_selfservice.pages.advisor import AdvisorState, advisor
from mobile_selfservice.pages.authorization import AuthorizationState, authorization
from mobile_selfservice.pages.authorizations import (
    AuthorizationsState,
    authorizations,
)
from mobile_selfservice.pages.bill_history import BillHistoryState, bill_history
from mobile_selfservice.pages.bill_review import BillReviewState, bill_review
from mobile_selfservice.pages.bills import BillsState, bills
from mobile_selfservice.pages.calculator import CalculatorState, calculator
from mobile_selfservice.pages.certify import CertifyState, certify
from mobile_selfservice.pages.claim import ClaimState, claim
from mobile_selfservice.pages.claims import ClaimsState, claims
from mobile_selfservice.pages.claims_review import ClaimsReviewState, claims_review
from mobile_selfservice.pages.corrections import CorrectionsState, corrections
from mobile_selfservice.pages.election import ElectionPageState, election
from mobile_selfservice.pages.explain import ExplainState, explain
from mobile_selfservice.pages.hand_out import HandOutState, hand_out
from mobile_selfservice.pages.home import HomeState, home
from mobile_selfservice.pages.invoice import InvoiceState, invoice
from mobile_selfservice.pages.invoice_changes import (
    InvoiceChangesState,
    invoice_changes,
)
from mobile_selfservice.pages.invoice_checks import (
    InvoiceChecksState,
    invoice_checks,
)
from mobile_selfservice.pages.invoice_import import (
    ImportFormState,
    InvoiceImportState,
    import_form,
    invoice_import,
)
from mobile_selfservice.pages.invoice_lines import InvoiceLinesState, invoice_lines
from mobile_selfservice.pages.invoices import InvoicesState, invoices
from mobile_selfservice.pages.leave import LeaveState, leave
from mobile_selfservice.pages.my_leave import MyLeaveState, my_leave
from mobile_selfservice.pages.my_phone import MyPhoneState, my_phone
from mobile_selfservice.pages.my_stipend import MyStipendState, my_stipend
from mobile_selfservice.pages.notices import not_available, not_found
from mobile_selfservice.pages.password import PasswordState, password
from mobile_selfservice.pages.pay import PayState, pay
from mobile_selfservice.pages.payment import PaymentState, payment
from mobile_selfservice.pages.payments import PaymentsState, payments
from mobile_selfservice.pages.payroll import PayrollState, payroll
from mobile_selfservice.pages.payroll_run import PayrollRunState, payroll_run
from mobile_selfservice.pages.payroll_template import (
    PayrollTemplateState,
    payroll_template,
)
from mobile_selfservice.pages.people import PeopleState, people
from mobile_selfservice.pages.phone_needs import PhoneNeedsState, phone_needs
from mobile_selfservice.pages.phone_numbers import PhoneNumbersState, phone_numbers
from mobile_selfservice.pages.phone_receipt import PhoneReceiptState, phone_receipt
from mobile_selfservice.pages.policy import PolicyState, policy
from mobile_selfservice.pages.policy_amounts import PolicyAmountsState, policy_amounts
from mobile_selfservice.pages.policy_replay import PolicyReplayState, policy_replay
from mobile_selfservice.pages.policy_value import PolicyValueState, policy_value
from mobile_selfservice.pages.policy_values import PolicyValuesState, policy_values
from mobile_selfservice.pages.profile import ProfileState, profile
from mobile_selfservice.pages.profiles import ProfilesState, profiles
from mobile_selfservice.pages.rate_codes import RateCodesState, rate_codes
from mobile_selfservice.pages.records import RecordsState, records
from mobile_selfservice.pages.sign_in import SignInState, sign_in
from mobile_selfservice.pages.statement import StatementState, statement
from mobile_selfservice.pages.stipends import StipendsState, stipends
from mobile_selfservice.pages.team import TeamState, team
from mobile_selfservice.pages.team_bill import TeamBillState, team_bill
from mobile_selfservice.session_state import SessionState, show_failure
from mobile_selfservice.watch import end_dead_tabs

# Screens for whoever is signed in: address, page, title, and what fills it.
SCREENS = (
    ("/", home, "Welcome", HomeState.go_to_first_screen),
    ("/password", password, "Choose your password", PasswordState.open_form),
    ("/bills", bills, "My bills", BillsState.open),
    ("/bills/[bill_id]", bill_review, "Review a bill", BillReviewState.open),
    ("/bills/[bill_id]/certify", certify, "Certify a bill", CertifyState.open),
    ("/bills/[bill_id]/statement", statement, "Statement", StatementState.open),
    ("/bills/[bill_id]/pay", pay, "Pay", PayState.open),
    ("/payments", payments, "Payments", PaymentsState.open),
    ("/payments/[bill_id]", payment, "Payments of a bill", PaymentState.open),
    ("/invoices", invoices, "Invoices", InvoicesState.open),
    ("/invoices/import", import_form, "Import an invoice", ImportFormState.open),
    (
        "/invoices/imports/[import_id]",
        invoice_import,
        "Import",
        InvoiceImportState.open,
    ),
    ("/invoices/lines", invoice_lines, "Lines that wait", InvoiceLinesState.open),
    ("/invoices/codes", rate_codes, "Rate codes", RateCodesState.open),
    ("/invoices/profiles", profiles, "Column profiles", ProfilesState.open),
    ("/invoices/profiles/[profile_id]", profile, "Column profile", ProfileState.open),
    ("/invoices/corrections", corrections, "Corrections", CorrectionsState.open),
    ("/invoices/[invoice_id]", invoice, "Invoice", InvoiceState.open),
    (
        "/invoices/[invoice_id]/changes",
        invoice_changes,
        "What changed",
        InvoiceChangesState.open,
    ),
    (
        "/invoices/[invoice_id]/checks",
        invoice_checks,
        "Checks of an invoice",
        InvoiceChecksState.open,
    ),
    ("/phone", my_phone, "My phone", MyPhoneState.open),
    (
        "/phone/receipt/[issue_id]",
        phone_receipt,
        "Receipt for a phone",
        PhoneReceiptState.open,
    ),
    ("/numbers", phone_numbers, "Phone numbers", PhoneNumbersState.open),
    (
        "/authorizations/[form_id]/phone",
        hand_out,
        "A phone to hand out",
        HandOutState.open,
    ),
    ("/phone/advisor", advisor, "Stipend or City phone?", AdvisorState.open),
    (
        "/phone/stipend",
        my_stipend,
        "Stipend for my own phone",
        MyStipendState.open,
    ),
    ("/phone/leave", my_leave, "My leave", MyLeaveState.open),
    ("/leave", leave, "Leave", LeaveState.open),
    ("/stipends", stipends, "Stipends", StipendsState.open),
    ("/stipends/[election_id]", election, "Stipend", ElectionPageState.open),
    ("/claims", claims, "Business calls on my own phone", ClaimsState.open),
    ("/claims/review", claims_review, "Claims", ClaimsReviewState.open),
    ("/claims/[claim_id]", claim, "Claim", ClaimState.open),
    ("/authorizations", authorizations, "Authorizations", AuthorizationsState.open),
    (
        "/authorizations/needs",
        phone_needs,
        "Phones to justify again",
        PhoneNeedsState.open,
    ),
    (
        "/authorizations/[form_id]",
        authorization,
        "Authorization form",
        AuthorizationState.open,
    ),
    ("/payroll", payroll, "Payroll", PayrollState.open),
    (
        "/payroll/template",
        payroll_template,
        "Payroll’s own columns",
        PayrollTemplateState.open,
    ),
    ("/payroll/[run_id]", payroll_run, "Stipend run", PayrollRunState.open),
    ("/account", account, "My account", AccountState.open),
    ("/people", people, "People", PeopleState.open),
    ("/team", team, "Team", TeamState.open),
    ("/team/bills/[bill_id]", team_bill, "Statement to review", TeamBillState.open),
    (
        "/bills/[bill_id]/history",
        bill_history,
        "History of a bill",
        BillHistoryState.open,
    ),
    (
        "/explain/[figure]/[record]",
        explain,
        "How a figure is worked out",
        ExplainState.open,
    ),
    ("/records", records, "Audit trail", RecordsState.open),
    ("/policy/amounts", policy_amounts, "Yearly amounts", PolicyAmountsState.open),
    ("/policy/values", policy_values, "Values of the policy", PolicyValuesState.open),
    ("/policy/values/[key]", policy_value, "A value", PolicyValueState.open),
    (
        "/policy/replay",
        policy_replay,
        "Try a draft policy",
        PolicyReplayState.open,
    ),
)

app = rx.App(
    html_lang="en",
    stylesheets=STYLESHEETS,
    head_components=head_components(),
    app_wraps=app_wraps(),
    backend_exception_handler=show_failure,
    # From the inside out: our routes, what is closed, the built pages, all's headers.
    api_transformer=[routes.app, closed_endpoints, built_pages, security_headers],
)
app.add_middleware(Gate())
app.register_lifespan_task(end_dead_tabs, app=app)
app.register_lifespan_task(find_interrupted)
app.register_lifespan_task(run_forever)

arrive = SessionState.arrive
for address, page, title, fill in SCREENS:
    app.add_page(
        page, route=address, title=title, on_load=[SessionState.enter, fill, arrive]
    )

# Pages for anyone, signed in or not.
app.add_page(sign_in, route="/sign-in", title="Sign in", on_load=SignInState.open_door)
app.add_page(
    policy,
    route="/policy",
    title="What the policy says",
    on_load=[SessionState.visit, PolicyState.open, arrive],
)
app.add_page(
    calculator,
    route="/calculator",
    title="Early-termination calculator",
    on_load=[SessionState.visit, CalculatorState.open, arrive],
)
app.add_page(help_page, route="/help", title="Help")
app.add_page(accessibility, route="/accessibility", title="Accessibility")
app.add_page(not_available, route="/not-available", title="Not available")
app.add_page(not_found, route="404", title="No such page")
