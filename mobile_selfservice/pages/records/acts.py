"""What each act of the history is called."""

from mobile_selfservice.components.forms import Option

ACTS = {
    "account.disabled": "Account closed",
    "account.enabled": "Account reopened",
    "bill.accepted": "Statement accepted",
    "bill.assigned": "Holder of a bill set",
    "bill.certified": "Bill certified",
    "bill.closed": "Bill closed",
    "bill.correction_due": "Correction of a bill due",
    "bill.details_opened": "Calls opened by a reviewer",
    "bill.marked": "Items of a bill marked",
    "bill.marks_taken_back": "Marks taken back",
    "bill.opened_again": "Bill opened again",
    "bill.reminded": "Reminder sent",
    "bill.rated_anew": "Bill worked out anew",
    "bill.released": "Bill released",
    "bill.returned": "Statement returned",
    "bill.superseded": "Bill replaced by a correction",
    "calendar.renewed": "Calendar address renewed",
    "claim.approved": "Claim approved",
    "claim.paid": "Claim paid",
    "claim.read": "Calls of a claim read from a file",
    "claim.refused": "Claim refused",
    "claim.reopened": "Claim taken back to correct",
    "claim.returned": "Claim sent back",
    "claim.started": "Claim begun",
    "claim.submitted": "Claim handed in",
    "claim.unlimited": "Claim on a plan without a limit",
    "claim.withdrawn": "Claim taken back",
    "correction.accepted": "Correction accepted",
    "correction.declined": "Correction declined",
    "correction.proposed": "Correction proposed",
    "code.applied": "Rate code applied to bills left out",
    "code.mapped": "Rate code given a meaning",
    "code.withdrawn": "Meaning of a rate code withdrawn",
    "employer.founded": "Employer set up",
    "import.begun": "Import of an invoice begun",
    "import.discarded": "Import discarded",
    "import.published": "Import published",
    "import.refused": "Import refused",
    "import.tried": "Import tried out",
    "invoice.published": "Invoice published",
    "invoice.released": "Invoice released",
    "invoice.revised": "Invoice revised",
    "line.assigned": "Holder of a line set",
    "password.changed": "Password changed",
    "password.reset": "Password reset",
    "payment.confirmed": "Payment confirmed",
    "payment.declined": "Payment declined",
    "payment.reversed": "Payment reversed",
    "payment.tendered": "Payment handed in",
    "payroll_consent.signed": "Consent to payroll deduction signed",
    "payroll_consent.withdrawn": "Consent to payroll deduction withdrawn",
    "payroll_template.saved": "Payroll’s own columns saved",
    "policy.replayed": "Draft policy tried on past months",
    "policy.review_reminded": "Reminder of yearly figures sent",
    "policy.value_approved": "Policy value approved",
    "policy.value_declined": "Policy value declined",
    "policy.value_proposed": "Policy value proposed",
    "policy.value_set": "Policy value set",
    "policy.value_withdrawn": "Policy value withdrawn",
    "profile.file_chosen": "File chosen to map its columns",
    "profile.retired": "Column profile retired",
    "profile.saved": "Column profile saved",
    "session.all_ended": "Signed out everywhere",
    "session.ended": "Signed out",
    "session.opened": "Signed in",
    "stipend_run.handed_over": "Stipend run handed over",
    "stipend_run.started": "Stipend run started",
    "stipend_run.taken_back": "Stipend run taken back",
}


def name_of(act: str) -> str:
    """Name an act in plain words; one without a name is spelled out."""
    return ACTS.get(act) or act.replace(".", " ").replace("_", " ").capitalize()


ACT_OPTIONS = (
    Option("", "Any act"),
    *(
        Option(act, words)
        for act, words in sorted(ACTS.items(), key=lambda each: each[1])
    ),
)
