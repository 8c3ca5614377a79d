"""The only doors to a record on someone's behalf.

Every door returns the record or raises NotPermitted, and none says which it was: a
record that is missing, another employer's, another agency's or another person's looks
the same. Who may do what is docs/access.md; the doors' tests hold it to that.

Reach: an auditor reads everything and changes nothing; a director sees the departments
they are granted; agencies fence a role when its grant names one.
"""

from mobile_selfservice.services.access.authorizations import (
    DRAFTERS,
    FORM_LISTERS,
    FORM_READERS,
    MAY_OPEN_FORMS,
    carried_out_form,
    decided_form,
    drafted_form,
    drafts_for,
    form_subject,
    offices_for,
    own_form,
    seen_form,
)
from mobile_selfservice.services.access.bills import (
    BILL_READERS,
    FIGURE_READERS,
    UNSEEN,
    may_open_details,
    may_see,
    own_bill,
    reviews,
    seen_bill,
    team_bill,
    works_with,
)
from mobile_selfservice.services.access.claims import (
    CLAIM_READERS,
    CLAIM_REVIEWERS,
    decided_claim,
    decides_on_claim,
    own_claim,
    paid_claim,
    pays_claim,
    seen_claim,
)
from mobile_selfservice.services.access.invoices import (
    column_profile,
    invoice,
    invoice_import,
    profile_sample,
)
from mobile_selfservice.services.access.money import (
    correctable_bill,
    correction,
    money_reach,
    payment,
    tender,
)
from mobile_selfservice.services.access.payroll import (
    PAYROLL_READERS,
    pays_stipends,
    reads_payroll,
    stipend_run,
    stipend_run_to_pay,
)
from mobile_selfservice.services.access.phones import (
    colleague,
    decides_for,
    is_director,
    reads_of,
    works_for,
)
from mobile_selfservice.services.access.reach import (
    LEADERS,
    READERS,
    directed_departments,
    employer,
    require,
    team_department,
    visible_departments,
)
from mobile_selfservice.services.access.values import (
    KNOWING,
    REPLAYERS,
    SETTERS,
    may_approve_value,
    may_set_value,
    replayed_agencies,
    replays_with_names,
    setter_of,
)

__all__ = [
    "BILL_READERS",
    "CLAIM_READERS",
    "CLAIM_REVIEWERS",
    "DRAFTERS",
    "FIGURE_READERS",
    "FORM_LISTERS",
    "FORM_READERS",
    "KNOWING",
    "LEADERS",
    "MAY_OPEN_FORMS",
    "PAYROLL_READERS",
    "READERS",
    "REPLAYERS",
    "SETTERS",
    "UNSEEN",
    "carried_out_form",
    "colleague",
    "column_profile",
    "correctable_bill",
    "correction",
    "decided_claim",
    "decided_form",
    "decides_for",
    "decides_on_claim",
    "directed_departments",
    "drafted_form",
    "drafts_for",
    "employer",
    "form_subject",
    "invoice",
    "invoice_import",
    "is_director",
    "may_approve_value",
    "may_open_details",
    "may_see",
    "may_set_value",
    "money_reach",
    "offices_for",
    "own_bill",
    "own_claim",
    "own_form",
    "paid_claim",
    "payment",
    "pays_claim",
    "pays_stipends",
    "profile_sample",
    "reads_of",
    "reads_payroll",
    "replayed_agencies",
    "replays_with_names",
    "require",
    "reviews",
    "seen_bill",
    "seen_claim",
    "seen_form",
    "setter_of",
    "stipend_run",
    "stipend_run_to_pay",
    "team_bill",
    "team_department",
    "tender",
    "visible_departments",
    "works_for",
    "works_with",
]
