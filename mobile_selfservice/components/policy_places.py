"""Where the policy speaks of what a screen does: the link in every screen's heading."""

from collections.abc import Mapping

LODI, NEW_YORK = "Lodi 2011", "NY ITS-P18-007"
PAGE = "/policy"

# Address of the screen, and the clause behind it in each policy whose words we carry.
# New York's policy knows no certifying and no charge for personal use: its users' own
# duties stand there instead.
PLACES: Mapping[str, Mapping[str, str]] = {
    "/": {LODI: "1", NEW_YORK: "1.0"},
    "/password": {LODI: "3.J", NEW_YORK: "5.0 Usage Standards"},
    "/account": {LODI: "3.B.1", NEW_YORK: "5.0 Usage Standards"},
    "/bills": {LODI: "4.G", NEW_YORK: "5.0 Usage Standards"},
    "/bills/[bill_id]": {LODI: "3.B.1", NEW_YORK: "5.0 Usage Standards"},
    "/bills/[bill_id]/certify": {LODI: "4.G", NEW_YORK: "5.0 Usage Standards"},
    "/bills/[bill_id]/statement": {LODI: "3.B.1", NEW_YORK: "5.0 Usage Standards"},
    "/bills/[bill_id]/pay": {LODI: "4.G", NEW_YORK: "5.0 Usage Standards"},
    "/bills/[bill_id]/history": {LODI: "4.G", NEW_YORK: "5.0 Usage Standards"},
    "/team": {LODI: "3.K", NEW_YORK: "4.0 Biannual Report"},
    "/team/bills/[bill_id]": {LODI: "3.B.1", NEW_YORK: "4.0 Biannual Report"},
    "/payments": {LODI: "4.G", NEW_YORK: "4.0"},
    "/payments/[bill_id]": {LODI: "4.G", NEW_YORK: "4.0"},
    "/claims": {LODI: "3.B.3", NEW_YORK: "4.0"},
    "/claims/review": {LODI: "3.B.3", NEW_YORK: "4.0"},
    "/claims/[claim_id]": {LODI: "3.B.3", NEW_YORK: "4.0"},
    "/invoices": {LODI: "4.G", NEW_YORK: "4.0"},
    "/invoices/import": {LODI: "3.K", NEW_YORK: "4.0"},
    "/invoices/imports/[import_id]": {LODI: "3.K", NEW_YORK: "4.0"},
    "/invoices/codes": {LODI: "3.B.1", NEW_YORK: "4.0"},
    "/invoices/lines": {LODI: "3.K", NEW_YORK: "4.0"},
    "/invoices/profiles": {LODI: "3.K", NEW_YORK: "4.0"},
    "/invoices/profiles/[profile_id]": {LODI: "3.K", NEW_YORK: "4.0"},
    "/invoices/[invoice_id]": {LODI: "4.G", NEW_YORK: "4.0"},
    "/invoices/corrections": {LODI: "4.G", NEW_YORK: "4.0"},
    "/invoices/[invoice_id]/changes": {LODI: "4.G", NEW_YORK: "4.0"},
    "/invoices/[invoice_id]/checks": {LODI: "4.G", NEW_YORK: "4.0"},
    "/authorizations": {LODI: "4.A", NEW_YORK: "4.0 Provisioning"},
    "/authorizations/[form_id]": {LODI: "4.A", NEW_YORK: "4.0 Provisioning"},
    "/authorizations/needs": {LODI: "3.A.2", NEW_YORK: "4.0 Provisioning"},
    "/explain/[figure]/[record]": {LODI: "3.B.1", NEW_YORK: "4.0"},
    "/authorizations/[form_id]/phone": {
        LODI: "4.A",
        NEW_YORK: "4.0 Provisioning",
    },
    "/phone": {LODI: "3.B", NEW_YORK: "5.0 Usage Standards"},
    "/phone/receipt/[issue_id]": {LODI: "4.A", NEW_YORK: "5.0 Usage Standards"},
    "/phone/leave": {LODI: "4.A", NEW_YORK: "5.0 Usage Standards"},
    "/leave": {LODI: "4.A", NEW_YORK: "5.0 Usage Standards"},
    "/numbers": {LODI: "3.G", NEW_YORK: "5.0 Usage Standards"},
    "/phone/advisor": {LODI: "3.B.2.a", NEW_YORK: "4.0"},
    "/calculator": {LODI: "3.B.2.c", NEW_YORK: "4.0"},
    "/payroll": {LODI: "3.B.2.a", NEW_YORK: "4.0"},
    "/payroll/template": {LODI: "3.B.2.a", NEW_YORK: "4.0"},
    "/payroll/[run_id]": {LODI: "3.B.2.a", NEW_YORK: "4.0"},
    "/policy/amounts": {LODI: "3.B.2.a", NEW_YORK: "8.0"},
    "/phone/stipend": {LODI: "3.B.2.a", NEW_YORK: "4.0"},
    "/stipends": {LODI: "3.B.2.a", NEW_YORK: "4.0"},
    "/stipends/[election_id]": {LODI: "3.B.2.a", NEW_YORK: "4.0"},
    "/people": {LODI: "4.H", NEW_YORK: "5.0 Client Agency"},
    "/records": {LODI: "1", NEW_YORK: "5.0"},
    "/policy/values": {LODI: "3.B.1", NEW_YORK: "8.0"},
    "/policy/values/[key]": {LODI: "3.B.1", NEW_YORK: "8.0"},
    "/policy/replay": {LODI: "3.B.1", NEW_YORK: "8.0"},
}


def anchor(number: str) -> str:
    """Name a section of the policy's page the way an address can hold it."""
    return number.replace(" ", "-").replace("/", "-")


def link_of(screen: str, policy: str) -> str:
    """Return where the policy speaks of a screen; its page for other policies.

    The policy's own page needs no such link.
    """
    if screen == PAGE:
        return ""
    clause = PLACES.get(screen, {}).get(policy, "")
    return f"{PAGE}#{anchor(clause)}" if clause else PAGE
