"""The forms of a bill's money that a tab keeps: the last few, a second click's too."""

from mobile_selfservice.pages.payment.state import MOST_FORMS, OpenedForm, kept_forms


def test_a_tab_keeps_the_last_few_forms_it_opened():
    forms: dict[int, OpenedForm] = {}
    for number in range(1, 1_001):
        forms = kept_forms(forms, number, OpenedForm(7, 1, f"key {number}"))

    assert len(forms) == MOST_FORMS
    assert forms[1_000].key == "key 1000"
    assert forms[1_000 - MOST_FORMS + 1].key == "key 981"
