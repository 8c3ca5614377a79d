"""The screen of one's own stipend."""

import reflex as rx

from mobile_selfservice.components.arrange import row, section, stack
from mobile_selfservice.components.buttons import actions, button, primary
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.forms import (
    Option,
    checkbox,
    date_field,
    file_field,
    form,
    money_field,
    radio_group,
    text_area,
    text_field,
    upload_form,
)
from mobile_selfservice.components.links import file_link, link
from mobile_selfservice.components.progress import page_skeleton, stepper
from mobile_selfservice.components.stipend_words import (
    STEPS,
    election_badge,
    figure_facts,
    proof_facts,
    said_list,
    worked_act,
)
from mobile_selfservice.components.timeline import timeline
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working
from mobile_selfservice.pages.my_stipend.state import MyStipendState
from mobile_selfservice.session_state import screen

VIEW = MyStipendState.view
TYPED = VIEW.typed
KINDS = [
    Option("monthly", "By contract", "The carrier bills me each month."),
    Option("prepaid", "Prepaid", "I pay ahead. A prepaid phone does not qualify."),
]
# A form that opens in place of its button takes the focus over (portal.js).
FOCUSED = {"tab_index": -1, "data_focus": "true"}


def my_stipend() -> rx.Component:
    """Lay out where the stipend stands, the form, the proofs and what happened."""
    return screen(
        "Stipend for my own phone",
        when(
            VIEW.is_loaded,
            stack(
                standing(),
                when(VIEW.sent.length() > 0, sent()),
                when(VIEW.may_ask, ask()),
                when(VIEW.may_change, change()),
                when(
                    VIEW.against,
                    callout(
                        VIEW.against,
                        " Type a contract that qualifies; a paper of this one is not "
                        "needed.",
                        title="This contract does not qualify",
                        tone="danger",
                    ),
                ),
                when(VIEW.upload_to, upload()),
                when(VIEW.may_send, send()),
                when(VIEW.holds, proof()),
                when(VIEW.may_withdraw, withdrawal()),
                when(
                    VIEW.repaid.length() > 0,
                    section("What you paid back", said_list(VIEW.repaid)),
                ),
                when(
                    VIEW.happened.length() > 0,
                    section("What happened", timeline(VIEW.happened)),
                ),
                gap="lg",
            ),
            page_skeleton(),
        ),
        here="/phone",
        lead="A monthly amount with your pay for using your own phone at work, in "
        "place of a City phone. Nobody has both.",
    )


def standing() -> rx.Component:
    """Show how far the stipend is, what it comes to and how that was worked out."""
    return section(
        VIEW.title,
        when(VIEW.shows_steps, stepper(STEPS, VIEW.place, "How far it is")),
        row(
            when(VIEW.shows_badge, election_badge(VIEW.state)),
            link("Stipend or City phone? Compare", href="/phone/advisor"),
        ),
        when(VIEW.next, rx.el.p(VIEW.next)),
        when(VIEW.phone_back, callout(VIEW.phone_back, tone="info")),
        when(VIEW.held_now, callout(VIEW.held_now, tone="info")),
        when(
            VIEW.pauses.length() > 0,
            callout(
                said_list(VIEW.pauses), title="Months that are not paid", tone="warn"
            ),
        ),
        when(VIEW.lower, callout(VIEW.lower, title="Another class", tone="info")),
        when(VIEW.figures.length() > 0, card(figure_facts(VIEW.figures))),
        rx.foreach(VIEW.worked, worked_act),
        when(
            VIEW.pdf,
            file_link("Personnel Action Form, as payroll has it (PDF)", href=VIEW.pdf),
        ),
    )


def sent() -> rx.Component:
    """Show what others read of the request, and the contract it rests on."""
    return section(
        "What you sent",
        card(figure_facts(VIEW.sent)),
        when(
            VIEW.sent_proof.proof_id > 0,
            card(proof_facts(VIEW.sent_proof), title="Your proof of contract"),
        ),
    )


def change() -> rx.Component:
    """Offer the other class of stipend, and its form once it is wanted."""
    return when(
        MyStipendState.changing,
        stack(
            ask(),
            actions(button("Not now", kind="quiet", on_click=MyStipendState.leave)),
            **FOCUSED,
        ),
        actions(
            button("Ask for the other class", on_click=MyStipendState.ask_to_change)
        ),
    )


def ask() -> rx.Component:
    """Ask what the employee wants, for which phone and contract."""
    return section(
        when(VIEW.changes, "Ask for the other class", "Ask for a stipend"),
        when(
            VIEW.city_phone,
            callout(
                "You carry a City phone, ",
                VIEW.city_phone,
                ". It goes back to Information Systems before a stipend begins; if "
                "its contract ends early, the carrier’s penalty makes the stipend "
                "wait. ",
                link("Work out how long", href="/calculator"),
                tone="info",
            ),
        ),
        form(
            radio_group(
                "Class of stipend",
                "stipend_class",
                VIEW.classes,
                default_value=TYPED.stipend_class,
            ),
            text_area(
                "What your work needs the phone for",
                "duties",
                default_value=TYPED.duties,
                hint="Your director reads this and decides on it.",
                required=True,
                max_length=800,
            ),
            checkbox(
                "My work needs calls too",
                "needs_voice",
                hint=rx.cond(
                    VIEW.changes,
                    "If the phone does not qualify for e-mail, the stipend you hold "
                    "goes on.",
                    "If the phone does not qualify for e-mail, the cell phone "
                    "stipend can take its place.",
                ),
                default_checked=TYPED.needs_voice,
            ),
            text_field(
                "Model of your phone",
                "device_model",
                default_value=TYPED.device_model,
                hint="As it is written on the phone or its box.",
                required=True,
                max_length=80,
                auto_complete="off",
            ),
            checkbox(
                "It synchronizes with my work e-mail by itself",
                "device_synchronizes",
                default_checked=TYPED.device_synchronizes,
            ),
            when(
                VIEW.keeps_proof,
                callout(VIEW.keeps_proof, tone="info"),
                stack(*contract_fields()),
            ),
            actions(primary("Save and go on", type="submit")),
            on_submit=MyStipendState.save,
            key=MyStipendState.form_number,
        ),
        lead="Saved as a draft that nobody else sees until you send it.",
    )


def contract_fields() -> list[rx.Component]:
    """Ask what the own contract says."""
    return [
        text_field(
            "Carrier",
            "carrier",
            default_value=TYPED.carrier,
            required=True,
            max_length=80,
            auto_complete="off",
        ),
        text_field(
            "Plan",
            "plan",
            default_value=TYPED.plan,
            required=True,
            max_length=80,
            auto_complete="off",
        ),
        money_field(
            "What your own line costs each month, taxes included",
            "monthly_cost",
            default_value=TYPED.monthly_cost,
            hint="By contract, not by use. Of a shared plan, your own line’s part.",
            required=True,
            max_length=12,
            auto_complete="off",
        ),
        radio_group(
            "Kind of contract", "contract_kind", KINDS, default_value=TYPED.kind
        ),
        checkbox("The account is active", "is_active", default_checked=TYPED.is_active),
        date_field(
            "The contract ends on",
            "contract_end",
            default_value=TYPED.contract_end,
            hint="Leave it empty if it runs from month to month.",
            optional=True,
        ),
    ]


def upload() -> rx.Component:
    """Take in the paper that shows what was typed."""
    return section(
        "Hand in the paper",
        rx.el.p(
            "A bill or the contract for ",
            rx.el.strong(VIEW.draft_proof.carrier, ", ", VIEW.draft_proof.plan),
            ", ",
            VIEW.draft_proof.cost,
            ". Cover the numbers you called; nobody needs them.",
        ),
        upload_form(
            file_field(
                "PDF, PNG or JPEG",
                "file",
                hint="At most 8 MB. You, your director, finance and an auditor can "
                "open it, nobody else.",
                required=True,
                accept=".pdf,.png,.jpg,.jpeg",
            ),
            actions(primary("Hand it in", type="submit")),
            action=VIEW.upload_to,
        ),
    )


def send() -> rx.Component:
    """Show what goes out, and send it."""
    return section(
        "Send it to your director",
        card(proof_facts(VIEW.to_send), title="Your proof of contract"),
        actions(primary("Send", on_click=MyStipendState.send)),
        lead="From now on others read it. You can withdraw it until payroll enters it.",
    )


def proof() -> rx.Component:
    """Show how the proof of contract stands, and let a new one be handed in."""
    return section(
        "Proof of contract",
        when(
            VIEW.is_overdue,
            callout(
                VIEW.proof_due,
                " Hand in a new one: the stipend is paid again from the month after "
                "it is accepted.",
                tone="danger",
            ),
            when(VIEW.proof_due, rx.el.p(VIEW.proof_due)),
        ),
        when(VIEW.request, callout(VIEW.request, tone="warn")),
        when(
            VIEW.due_steps.length() > 0,
            working(VIEW.due_steps, "How that day was found"),
        ),
        when(
            VIEW.waiting_proof.proof_id > 0,
            card(proof_facts(VIEW.waiting_proof), title="Handed in last"),
        ),
        when(
            VIEW.accepted_proof.proof_id > 0,
            card(proof_facts(VIEW.accepted_proof), title="Accepted last"),
        ),
        when(
            MyStipendState.renewing,
            form(
                *contract_fields(),
                actions(
                    primary("Save and go on", type="submit"),
                    button("Not now", kind="quiet", on_click=MyStipendState.leave),
                ),
                on_submit=MyStipendState.type_contract,
                key=MyStipendState.form_number,
                **FOCUSED,
            ),
            when(
                VIEW.upload_to == "",
                actions(primary("Hand in a new proof", on_click=MyStipendState.renew)),
            ),
        ),
    )


def withdrawal() -> rx.Component:
    """Let the employee take the election back."""
    return when(
        MyStipendState.withdrawing,
        section(
            "Withdraw it?",
            form(
                text_area("Reason", "reason", optional=True, max_length=400, rows=2),
                actions(
                    button("Withdraw", type="submit", kind="danger"),
                    button("Keep it", kind="quiet", on_click=MyStipendState.leave),
                ),
                on_submit=MyStipendState.withdraw,
                key=MyStipendState.form_number,
                **FOCUSED,
            ),
        ),
        actions(
            button("Withdraw it", kind="quiet", on_click=MyStipendState.ask_to_withdraw)
        ),
    )
