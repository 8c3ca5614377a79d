"""The page of one authorization form: written step by step, or read and decided on."""

from typing import Any

import reflex as rx

from mobile_selfservice.components.arrange import main_and_aside, section, stack
from mobile_selfservice.components.buttons import (
    actions,
    button,
    link_button,
    primary,
)
from mobile_selfservice.components.cards import callout, card
from mobile_selfservice.components.dialog import confirm_dialog
from mobile_selfservice.components.form_states import form_state
from mobile_selfservice.components.forms import form, text_area, text_field
from mobile_selfservice.components.links import back_link, file_link, link
from mobile_selfservice.components.progress import page_skeleton, stepper
from mobile_selfservice.components.status import badge
from mobile_selfservice.components.timeline import timeline
from mobile_selfservice.components.when import when
from mobile_selfservice.components.working import working_step
from mobile_selfservice.pages.authorization.state import AuthorizationState
from mobile_selfservice.pages.authorization.steps import (
    end_step,
    exceeded_now,
    need_step,
    service_step,
    who_step,
)
from mobile_selfservice.session_state import screen

VIEW = AuthorizationState.view
SHAPES = {
    "device": ("Who and what", "The need", "The service", "Review and sign"),
    "stipend": ("Who and what", "The need", "Review and sign"),
    "change": ("Who and what", "The service", "Review and sign"),
    "end": ("Who and what", "The end", "Review and sign"),
}
# What a decision is called: the button, the question, and what comes of it.
DECISIONS = {
    "sign": (
        "Consent",
        "Consent to the exception?",
        "Your signature is kept for good.",
    ),
    "approve": ("Approve", "Approve this form?", "The employee gets a letter."),
    "refer_back": (
        "Refer back",
        "Refer it back to the director?",
        "The director corrects it and signs again. Say what is to be corrected.",
    ),
    "refuse": (
        "Refuse",
        "Refuse this form?",
        "It ends here. The employee and the director read your reason.",
    ),
    "decline": (
        "Decline the phone",
        "Decline this phone?",
        "Nothing is handed out to you. The need for it stays on record.",
    ),
    "close": (
        "The change is in force",
        "Is the change in force?",
        "The form is closed then.",
    ),
    "withdraw": ("Withdraw", "Withdraw this form?", "Nothing comes of it then."),
}


def authorization() -> rx.Component:
    """Lay out the guided form, or the signed one with what may be decided."""
    return screen(
        VIEW.title,
        when(
            VIEW.is_loaded,
            rx.fragment(
                when(
                    VIEW.is_own,
                    back_link("My phone", href="/phone"),
                    back_link("All forms", href="/authorizations"),
                ),
                when(VIEW.referral.by, referred_back()),
                when(VIEW.is_draft, writing(), reading()),
                decision_dialog(),
            ),
            page_skeleton(),
        ),
        here="/authorizations",
        lead=VIEW.lead,
    )


def referred_back() -> rx.Component:
    """Say what is to be corrected, and who said so, until it is signed again."""
    return callout(
        rx.el.blockquote(VIEW.referral.reason),
        rx.el.p(VIEW.referral.by, " · ", VIEW.referral.at, class_name="muted"),
        title="Referred back: correct this and sign again",
        tone="warn",
    )


def writing() -> rx.Component:
    """Lay out the step that is open beside what the form is about."""
    return stack(
        rx.match(
            VIEW.shape,
            *[(shape, steps(shape)) for shape in SHAPES],
            rx.fragment(),
        ),
        main_and_aside(
            rx.match(
                VIEW.step,
                ("need", need_step()),
                ("service", service_step()),
                ("end", end_step()),
                ("sign", review()),
                who_step(),
            ),
            stack(about(), step_links(), decisions()),
        ),
        gap="lg",
    )


def steps(shape: str) -> rx.Component:
    """Show how far along the form is."""
    return stepper(
        SHAPES[shape], VIEW.step_number, "Steps of the form", VIEW.steps_done
    )


def step_links() -> rx.Component:
    """Lead to the other steps; each is kept as it was saved."""
    names = {
        "who": ("Who and what", True),
        "need": ("The need", (VIEW.shape == "device") | (VIEW.shape == "stipend")),
        "service": ("The service", (VIEW.shape == "device") | (VIEW.shape == "change")),
        "end": ("The end", VIEW.shape == "end"),
        "sign": ("Review and sign", True),
    }
    return rx.el.nav(
        rx.el.ul(
            *[
                when(shown, rx.el.li(link(words, href=f"?step={name}")))
                for name, (words, shown) in names.items()
            ],
            class_name="stack stack-sm",
        ),
        aria_label="Steps of this form",
    )


def review() -> rx.Component:
    """Show the whole form once more, what is in the way, and the place to sign."""
    return stack(
        when(VIEW.step_faults.length() > 0, unfinished()),
        rx.foreach(
            VIEW.refusals,
            lambda step: callout(
                rx.el.ul(working_step(step), class_name="steps"),
                title="Not allowed by what the form says",
                tone="danger",
            ),
        ),
        exceeded_now(),
        notes(),
        what_it_says(),
        when(VIEW.may_sign, signature()),
        gap="lg",
    )


def unfinished() -> rx.Component:
    """List what must be put right first, each with the way to it."""
    return callout(
        rx.el.ul(
            rx.foreach(
                VIEW.step_faults, lambda one: rx.el.li(link(one.text, href=one.href))
            )
        ),
        title="Not ready to sign",
        tone="warn",
    )


def notes() -> rx.Component:
    """Say what stands in nobody's way but ought to be known."""
    return when(
        VIEW.notes.length() > 0,
        section(
            "To be known",
            rx.el.ul(rx.foreach(VIEW.notes, working_step), class_name="steps"),
        ),
    )


def what_it_says() -> rx.Component:
    """List every field that says something."""
    return section(
        "What the form says",
        card(
            rx.el.dl(
                rx.foreach(VIEW.said, lambda one: fact(one.label, one.words)),
                class_name="facts",
            )
        ),
    )


def signature() -> rx.Component:
    """Give the exact words, the field for the name, and the button."""
    return card(
        rx.el.blockquote(VIEW.sentence, class_name="sentence"),
        form(
            text_field(
                "Type your name to sign",
                "typed_name",
                hint=rx.fragment("As the portal knows it: ", VIEW.signer),
                error=AuthorizationState.problem,
                auto_complete="off",
            ),
            actions(primary("Sign and submit", type="submit")),
            on_submit=AuthorizationState.sign,
            key=AuthorizationState.form_number,
        ),
        title="Your signature",
    )


def reading() -> rx.Component:
    """Lay out the signed form beside where it stands and what may be done."""
    return main_and_aside(
        stack(
            when(
                VIEW.sentence,
                card(
                    rx.el.blockquote(VIEW.sentence, class_name="sentence"),
                    when(
                        VIEW.signed_by,
                        rx.el.p(
                            "Signed by ",
                            rx.el.strong(VIEW.signed_by),
                            ", ",
                            VIEW.signed_at,
                            class_name="muted",
                        ),
                    ),
                    title="What was signed",
                ),
            ),
            exceeded_now(),
            when(VIEW.consents.length() > 0, signatures()),
            notes(),
            what_it_says(),
            section("What happened", timeline(VIEW.happenings)),
            gap="lg",
        ),
        stack(about(), decisions()),
    )


def signatures() -> rx.Component:
    """List who consented, and whose consent is awaited."""
    return section(
        "Consent and approval",
        rx.el.ul(rx.foreach(VIEW.consents, consent_line), class_name="steps"),
    )


def consent_line(one: Any) -> rx.Component:
    """Show one signature, or that it is awaited."""
    return rx.el.li(
        rx.el.span(rx.el.strong(one.office), ": ", one.words),
        rx.cond(one.is_given, badge("Given", "success"), badge("Awaited", "warn")),
    )


def about() -> rx.Component:
    """Name whom and what the form is about, and where it stands."""
    return card(
        form_state(VIEW.state),
        rx.el.dl(
            fact("For", VIEW.person),
            fact("Department", VIEW.department),
            when(VIEW.device, fact("Phone", VIEW.device)),
            when(VIEW.kind, fact("Used by", VIEW.kind)),
            when(VIEW.line, fact("Line", VIEW.line)),
            when(VIEW.waits_for, fact("Waits for", VIEW.waits_for)),
            when(VIEW.fingerprint, fact("Policy", VIEW.edition)),
            when(VIEW.fingerprint, fact("Fingerprint", rx.el.code(VIEW.fingerprint))),
            class_name="facts",
        ),
        when(VIEW.notice, callout(VIEW.notice, tone="warn")),
        when(VIEW.phone, link("Order, hand out, take back", href=VIEW.phone)),
        when(VIEW.pdf, file_link("Print the form (PDF)", href=VIEW.pdf)),
        when(
            VIEW.is_ready,
            link_button("Sign for the phone", href="/phone", kind="primary"),
        ),
        title="This form",
    )


def fact(name: Any, value: Any) -> rx.Component:
    """Name one fact and give it."""
    return rx.el.div(rx.el.dt(name), rx.el.dd(value), class_name="fact")


def decisions() -> rx.Component:
    """Offer what the reader may decide."""
    return rx.fragment(
        *[
            when(
                VIEW.acts.contains(name),
                actions(
                    button(
                        words,
                        kind="primary" if name in ("sign", "approve") else "secondary",
                        on_click=AuthorizationState.ask(name),
                    )
                ),
            )
            for name, (words, _, _) in DECISIONS.items()
        ]
    )


def decision_dialog() -> rx.Component:
    """Ask once more, with the reason."""
    return rx.fragment(
        *[
            confirm_dialog(
                AuthorizationState.asking == name,
                question,
                rx.el.p(outcome),
                reason_form(name),
                confirm=confirm(name, words),
                on_cancel=AuthorizationState.go_back,
            )
            for name, (words, question, outcome) in DECISIONS.items()
        ]
    )


def reason_form(name: str) -> rx.Component:
    """Ask for the reason; the dialog's button sends it."""
    if name == "withdraw":
        return rx.fragment()
    is_needed = name in ("refuse", "refer_back")
    return form(
        text_area(
            "Reason",
            "reason",
            hint="At least ten letters, without phone numbers." if is_needed else "",
            optional=not is_needed,
            error=AuthorizationState.reason_problem,
            rows=3,
        ),
        on_submit=AuthorizationState.decide,
        custom_attrs={"id": "decision"},
    )


def confirm(name: str, words: str) -> rx.Component:
    """Draw the button that decides."""
    if name == "withdraw":
        return primary(words, on_click=AuthorizationState.withdraw)
    return primary(words, type="submit", form="decision")
