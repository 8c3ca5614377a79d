"""Who approves what, and who never does what to their own records."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobile_selfservice.policy import (
    approvals,
    delegation,
    master_account,
    separation,
)
from mobile_selfservice.policy.approvals import (
    ApprovalRule,
    ApprovalTerms,
    Delegation,
    approval_terms,
)
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.services.policy_in_force import packaged
from tests.policy.worked import built, examples, said, with_values

SUMMER = date(2026, 8, 1)


def exception(example):
    request = built(approvals.ExceptionRequest, example["request"])
    terms = built(ApprovalTerms, example.get("terms", {}))
    return approvals.exception_ruling(request, terms)


def may_sign(example):
    return approvals.may_sign(
        built(approvals.Approval, example["act"]["approval"]),
        built(approvals.ExceptionRequest, example["act"]["request"]),
    )


def two_approvals(example):
    signed = built(tuple[approvals.Approval, ...], example["act"]["approvals"])
    what = example.get("what", approvals.DEVICE)
    return approvals.two_approvals_ruling(signed, what=what)


def transfer(example):
    act = built(approvals.Transfer, example["act"])
    if "terms" not in example:
        return approvals.transfer_ruling(act)
    return approvals.transfer_ruling(act, built(ApprovalTerms, example["terms"]))


def delegate(example):
    act = built(delegation.DelegatedAct, example["act"])
    return delegation.delegate_ruling(act, built(ApprovalTerms, example["terms"]))


def master(example):
    act = built(master_account.MasterApproval, example["act"])
    terms = built(master_account.PaymentTerms, example.get("terms", {}))
    return master_account.approve_master_ruling(act, terms)


def administrator(example):
    act = separation.AdministratorAct(example["act"])
    return separation.administrator_ruling(act, example["roles"])


def plain(kind, rule):
    return lambda example: rule(built(kind, example["act"]))


RULES = {
    "exception": exception,
    "may_sign": may_sign,
    "international": plain(
        approvals.InternationalRequest, approvals.international_ruling
    ),
    "two_approvals": two_approvals,
    "transfer": transfer,
    "delegate": delegate,
    "master": master,
    "sign": plain(separation.Signing, separation.sign_ruling),
    "review": plain(separation.Reviewing, separation.review_ruling),
    "confirm": plain(separation.Confirming, separation.confirm_payment_ruling),
    "give_up": plain(separation.GiveUp, separation.give_up_ruling),
    "stipend": plain(separation.StipendDuties, separation.stipend_duties_ruling),
    "rate": plain(separation.RateChange, separation.rate_change_ruling),
    "administrator": administrator,
    "look": plain(separation.Looking, separation.look_ruling),
}


def answer(subject):
    def of(example):
        ruling = RULES[subject](example)
        return {"allowed": ruling.is_allowed, "says": said(ruling)}

    return of


ANSWERS = {subject: answer(subject) for subject in RULES}


def shown(subject, example):
    ruled = ANSWERS[subject](example)
    assert ruled == {name: example[name] for name in ruled}


@examples("duties.toml", "exception")
def test_an_exception(example):
    shown("exception", example)


@examples("duties.toml", "may_sign")
def test_one_signature(example):
    shown("may_sign", example)


@examples("duties.toml", "international")
def test_international_service(example):
    shown("international", example)


@examples("duties.toml", "two_approvals")
def test_a_device_under_a_plan(example):
    shown("two_approvals", example)


@examples("duties.toml", "transfer")
def test_a_transfer(example):
    shown("transfer", example)


@examples("duties.toml", "delegate")
def test_a_designee(example):
    shown("delegate", example)


@examples("duties.toml", "master")
def test_approving_the_master_account(example):
    shown("master", example)


@examples("duties.toml", "sign")
def test_certifying_a_bill(example):
    shown("sign", example)


@examples("duties.toml", "review")
def test_reviewing_a_bill(example):
    shown("review", example)


@examples("duties.toml", "confirm")
def test_confirming_a_payment(example):
    shown("confirm", example)


@examples("duties.toml", "give_up")
def test_giving_up_an_amount(example):
    shown("give_up", example)


@examples("duties.toml", "stipend")
def test_the_hands_a_stipend_goes_through(example):
    shown("stipend", example)


@examples("duties.toml", "rate")
def test_setting_a_rate(example):
    shown("rate", example)


@examples("duties.toml", "administrator")
def test_what_an_administrator_does(example):
    shown("administrator", example)


@examples("duties.toml", "look")
def test_what_a_director_sees(example):
    shown("look", example)


def test_the_lodi_edition_approves_as_stands_for_lodi():
    edition = packaged("lodi_2011")
    lodi = ApprovalTerms(
        transfer_allowed=None,
        transfer_clause=edition.parameter("transfer.allowed").clause,
    )
    assert approval_terms(edition, SUMMER) == lodi


def test_new_york_approves_as_stands_for_new_york():
    terms = approval_terms(packaged("ny_its_p18_007"), SUMMER)
    own = {rule.exception: rule for rule in terms.matrix}
    for rule in approvals.NEW_YORK_MATRIX:
        assert own[rule.exception] == rule
    assert own["transfer"].groups == (("counsel",),)
    agency = Clause("NY ITS-P18-007", "5.0 Client Agency")
    barred = Clause("NY ITS-P18-007", "4.0 Deprovisioning")
    assert (terms.clause, terms.delegation_clause) == (agency, agency)
    assert (terms.transfer_allowed, terms.transfer_clause) == (False, barred)
    assert (
        replace(ApprovalTerms(), matrix=approvals.NEW_YORK_MATRIX, clause=agency)
        == approvals.NEW_YORK
    )


def test_recorded_delegations_come_from_the_edition():
    row = {"role": "dcm", "act": "approve_master", "delegate": "reed"}
    rows = [
        {**row, "valid_from": "2026-07-01", "valid_until": "2026-07-31"},
        {**row, "valid_from": "2026-09-01", "valid_until": ""},
    ]
    edition = with_values(packaged("lodi_2011"), {"roles.delegations": rows})
    july = Delegation(
        "dcm", "approve_master", "reed", date(2026, 7, 1), date(2026, 7, 31)
    )
    autumn = Delegation("dcm", "approve_master", "reed", date(2026, 9, 1), None)
    assert approval_terms(edition, SUMMER).delegations == (july, autumn)


def test_without_approvers_in_the_policy_nothing_is_approved():
    terms = ApprovalTerms(matrix=())
    request = approvals.InternationalRequest(traveler="ames")
    for ruling in (
        approvals.international_ruling(request, terms),
        approvals.two_approvals_ruling((), terms),
    ):
        assert ruling.why_not == "The policy names nobody who approves this."


def test_a_policy_without_a_matrix_names_nobody():
    edition = packaged("lodi_2011")
    before = edition.adopted.replace(year=edition.adopted.year - 1)
    assert approval_terms(edition, before).matrix == ()
    terms = master_account.payment_terms(edition, before)
    assert terms == master_account.LODI


def test_the_approver_of_the_master_account_may_be_another_role():
    edition = packaged("ny_its_p18_007")
    assert master_account.payment_terms(edition, SUMMER) == master_account.LODI
    rows = [
        {"exception": "device", "for_role": "", "approvers": "dcm"},
        {"exception": "master_account", "for_role": "", "approvers": "treasurer"},
    ]
    own = with_values(edition, {"approvals.exception_matrix": rows})
    agency = Clause("NY ITS-P18-007", "5.0 Client Agency")
    assert master_account.payment_terms(own, SUMMER) == master_account.PaymentTerms(
        approver_role="treasurer", clause=agency
    )


@pytest.mark.parametrize(
    ("total", "ties", "difference"),
    [("139.82", True, "0.00"), ("139.83", False, "0.01"), ("139.81", False, "-0.01")],
)
def test_an_invoice_adds_up_to_the_cent(total, ties, difference):
    account = master_account.MasterAccount(
        lines=[Decimal("45.10"), Decimal("38.25"), Decimal("52.00")],
        account_level=[Decimal("-5.00"), Decimal("9.47")],
        invoice_total=Decimal(total),
    )
    tie = master_account.tie(account)
    assert (tie.ties, str(tie.difference)) == (ties, difference)
    (step,) = tie.steps
    assert step.text.startswith(
        "lines $135.35, account charges and credits $4.47, invoice $139.8"
    )
    assert step.amount == tie.difference
    assert step.clause == Clause("Lodi 2011", "4.G")


def test_account_charges_and_credits_are_shared_out_one_by_one():
    lines = {
        "PW": Decimal("45.10"),
        "FIN": Decimal("38.25"),
        "PD": Decimal("52.00"),
        "LIB": Decimal("-3.00"),
    }
    borne = master_account.allocate(lines, [Decimal("9.47"), Decimal("-5.00")])
    # 9.47 goes 3.15, 2.68, 3.64; −5.00 goes −1.67, −1.41, −1.92; a credit bears none.
    assert {unit: str(share) for unit, share in borne.items()} == {
        "PW": "46.58",
        "FIN": "39.52",
        "PD": "53.72",
        "LIB": "-3.00",
    }
    assert sum(borne.values()) == sum(lines.values()) + Decimal("4.47")


charges = st.decimals("0.01", "900.00", places=2)
credits_too = st.decimals("-50.00", "50.00", places=2)


@given(
    st.dictionaries(st.sampled_from("ABCDE"), charges, min_size=1),
    st.lists(credits_too, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_what_the_units_bear_is_the_invoice_to_the_cent(lines, account_level):
    borne = master_account.allocate(lines, account_level)
    account = master_account.MasterAccount(
        lines=list(lines.values()),
        account_level=account_level,
        invoice_total=sum(borne.values(), Decimal(0)),
    )
    assert master_account.tie(account).ties


def test_the_rule_for_a_role_comes_before_the_one_for_everybody():
    matrix = (
        ApprovalRule("", "", (("dcm",),)),
        ApprovalRule("", "director", (("city_manager",),)),
    )
    terms = ApprovalTerms(matrix=matrix)
    assert approvals.approvers_of("x", "director", terms) == (("city_manager",),)
    assert approvals.approvers_of("x", "clerk", terms) == (("dcm",),)
