import re
from decimal import Decimal

import pytest
import reflex as rx

from mobile_selfservice.components import cards, charts, forms, progress, status
from mobile_selfservice.components.layout import Frame, NavItem, plain_page, portal_page
from mobile_selfservice.components.money import money
from mobile_selfservice.components.page_head import STYLESHEETS, app_wraps
from mobile_selfservice.components.tables import Column, data_table, pager
from mobile_selfservice.components.use_choice import USES, use_choice
from mobile_selfservice.components.working import working, working_steps
from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, to_cent

FRAME = Frame(
    employer="City of Lodi",
    actor="Maria Delgado",
    nav=[NavItem("My bills", "/bills"), NavItem("Team", "/team")],
    demo=True,
)


def markup(part: rx.Component) -> str:
    """What Reflex will draw, with its letters as people read them."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda hit: chr(int(hit[1], 16)), str(part))


def var(name: str, kind: type) -> rx.Var:
    return rx.Var(name, _var_type=kind).guess_type()


def test_a_page_has_a_skip_link_a_main_and_one_focusable_heading():
    page = markup(portal_page("My bills", "Nothing yet", frame=FRAME, here="/bills"))
    assert 'href:"#main"' in page
    assert 'id:"main"' in page
    assert page.count('jsx("h1"') == 1
    assert 'jsx("h1",{tabIndex:-1},"My bills")' in page


def test_the_current_page_is_marked_in_both_menus_and_no_other_is():
    page = markup(portal_page("My bills", frame=FRAME, here="/bills"))
    assert page.count('"aria-current":"page"') == 2
    assert page.count('"aria-current":"false"') == 2


def test_signing_out_is_posted_by_the_browser():
    page = markup(portal_page("My bills", frame=FRAME))
    assert 'action:"/auth/sign-out"' in page
    assert "preventDefault" not in page


def test_the_demo_ribbon_shows_only_in_a_demo():
    assert "invented people" in markup(portal_page("x", frame=FRAME))
    assert "invented people" not in markup(plain_page("x"))


def test_a_page_that_is_not_ready_shows_no_content():
    page = markup(portal_page("x", "the content", frame=Frame(ready=False)))
    assert "the content" not in page
    assert "Loading…" in page


@pytest.mark.parametrize(
    "field",
    [
        forms.text_field,
        forms.date_field,
        forms.number_field,
        forms.money_field,
        forms.text_area,
        forms.file_field,
    ],
)
def test_a_field_is_tied_to_its_label_its_hint_and_its_error(field):
    drawn = markup(field("Amount", "amount", hint="In dollars", error="Too much"))
    assert 'htmlFor:"amount"' in drawn
    assert '"id":"amount"' in drawn or 'id:"amount"' in drawn
    assert '"aria-describedby":"amount-hint amount-error"' in drawn
    assert '"aria-invalid":"true"' in drawn
    assert "Too much" in drawn


def test_a_field_without_an_error_is_not_marked_wrong():
    assert '"aria-invalid":"false"' in markup(forms.text_field("Name", "name"))


def test_a_use_is_one_of_four_native_radios_with_words():
    drawn = markup(use_choice("(209) 555-0142", "use-1", "personal", rx.noop()))
    assert drawn.count('type:"radio"') == len(USES) == 4
    assert "Use of " in drawn
    for _, words, _ in USES:
        assert words in drawn


def test_incidental_use_is_offered_only_where_the_policy_takes_it():
    def drawn(value):
        choice = use_choice("it", "use-1", value, rx.noop(), takes_incidental=False)
        return markup(choice)

    assert "Incidental" not in drawn("personal")
    assert "Not sure" in drawn("personal")
    assert "Incidental" in drawn("incidental")


@pytest.mark.parametrize("state", [*status.BILL_STATES, "overdue"])
def test_a_state_of_a_bill_has_words_and_a_shape(state):
    drawn = markup(status.bill_status(state, 3))
    assert "Lucide" in drawn
    words = "Overdue by " if state == "overdue" else status.BILL_STATES[state][0]
    assert words in drawn


def test_a_refusal_interrupts_and_other_messages_wait():
    refusal = markup(status.status_region("Not yours", "danger"))
    assert refusal.index('role:"alert"') < refusal.index("Not yours")
    done = markup(status.status_region("Saved", "success"))
    assert done.index("Saved") < done.index('role:"alert"')


def test_both_live_regions_are_there_before_any_message():
    drawn = markup(status.status_region(var("s.message", str), var("s.tone", str)))
    assert 'role:"status"' in drawn
    assert 'role:"alert"' in drawn


def test_every_cell_carries_its_column_for_the_phone():
    columns = [Column("Number"), Column("Owed", numeric=True, total="$1.20")]
    drawn = markup(data_table("Calls", columns, [("555", "$1.20")], lambda row: row))
    assert 'jsx("caption",{},"Calls")' in drawn
    assert drawn.count('"data-label":"Owed"') == 2
    assert 'scope:"row"' in drawn


def test_a_table_without_rows_shows_what_to_do_instead():
    nothing = cards.empty_state("No bills yet", "Wait for the first one.")
    drawn = markup(data_table("Bills", [Column("Month")], [], list, empty=nothing))
    assert "No bills yet" in drawn
    assert "caption" not in drawn


def test_the_pager_stops_at_both_ends():
    drawn = markup(pager(1, 1, lambda page: rx.noop()))
    assert drawn.count("disabled:true") == 2


def test_amounts_are_written_as_on_a_bill():
    assert "$1,204.50" in markup(money(Decimal("1204.5")))


def test_working_names_each_clause_and_reading():
    step = Step("12 min × $0.10", Clause("Lodi", "3.B.1"), to_cent(ZERO), "AMB-07")
    drawn = markup(working(working_steps(Explained(ZERO, (step,)))))
    for words in ("12 min × $0.10", "$0.00", "Lodi §3.B.1", "AMB-07"):
        assert words in drawn


def test_charts_read_aloud_as_names_and_values():
    drawn = markup(charts.column_chart("Cost", [charts.Bar("Jan", "$42", 42)]))
    assert "Jan" in drawn
    assert "$42" in drawn
    assert '"aria-hidden":"true"' in drawn


def test_a_stepper_marks_what_is_done_and_where_one_is():
    drawn = markup(progress.stepper(progress.BILL_STEPS, 1))
    assert drawn.count("Done: ") == 1
    assert drawn.count('"aria-current":"step"') == 1


def test_a_stepper_of_steps_in_any_order_ticks_those_that_are_done():
    drawn = markup(progress.stepper(("A", "B", "C"), 0, done=rx.Var.create([1])))
    assert drawn.count("Done: ") == 3  # one for each step, drawn where it is done
    assert "[1].includes(1)" in drawn


def test_the_overlay_is_a_fragment_so_the_app_is_not_its_child():
    bar = app_wraps()[5, "Overlay"](True)
    assert type(bar).__name__ == "Fragment"


def test_every_stylesheet_is_in_assets(pytestconfig):
    for sheet in STYLESHEETS:
        assert (pytestconfig.rootpath / "assets" / sheet.strip("/")).is_file()
