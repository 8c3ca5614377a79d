"""Labeled fields: each has its label, hint and error tied to it.

Every field takes `hint`, `error` (text or Var, empty when right), `optional`, and any
property of the control itself: value, default_value, on_change, required, disabled…
"""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from mobile_selfservice.components.links import jump_link
from mobile_selfservice.components.when import Words, each, either, when


@dataclass(frozen=True)
class Option:
    """One thing to choose, with what it means."""

    value: str = ""
    label: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a form, and the name of its field."""

    field: str = ""
    text: str = ""


class NativeForm(BaseHTML):
    """A form the browser posts itself; `rx.el.form` always stops that."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]
    enc_type: rx.Var[str]


def native_form(*parts: Words, action: str | rx.Var, **props: Any) -> rx.Component:
    """Post to an address of the server, the way a page without scripts would."""
    props.setdefault("class_name", "form")
    return NativeForm.create(*parts, action=action, method="post", **props)


def upload_form(*parts: Words, action: str | rx.Var) -> rx.Component:
    """Post a form with files to an address of the server."""
    return native_form(*parts, action=action, enc_type="multipart/form-data")


def form(*parts: Words, on_submit: Any, **props: Any) -> rx.Component:
    """Hand the fields, by name, to an event."""
    return rx.el.form(
        *parts, on_submit=on_submit, no_validate=True, class_name="form", **props
    )


def text_field(label: Words, name: str, **control: Any) -> rx.Component:
    """Ask for a line of text; `type` may be email, tel, search or password."""
    return labeled(rx.el.input, label, name, **control)


def date_field(label: Words, name: str, **control: Any) -> rx.Component:
    """Ask for a date."""
    return labeled(rx.el.input, label, name, type="date", **control)


def number_field(label: Words, name: str, **control: Any) -> rx.Component:
    """Ask for a whole number without the browser's spinning arrows."""
    return labeled(rx.el.input, label, name, input_mode="numeric", **control)


def money_field(label: Words, name: str, **control: Any) -> rx.Component:
    """Ask for an amount in dollars and cents."""
    return labeled(dollar_input, label, name, input_mode="decimal", **control)


def dollar_input(**control: Any) -> rx.Component:
    """Set the dollar sign before the amount."""
    sign = rx.el.span("$", aria_hidden="true")
    return rx.el.div(sign, rx.el.input(**control), class_name="money-input")


def text_area(label: Words, name: str, **control: Any) -> rx.Component:
    """Ask for a few sentences."""
    control.setdefault("rows", 4)
    return labeled(rx.el.textarea, label, name, **control)


def file_field(label: Words, name: str, **control: Any) -> rx.Component:
    """Ask for a file, inside an `upload_form`."""
    return labeled(rx.el.input, label, name, type="file", **control)


def select_field(label: Words, name: str, options: Any, **control: Any) -> rx.Component:
    """Ask for one of a list (or Var) of `Option`."""

    def select(**props: Any) -> rx.Component:
        return rx.el.select(*each(options, select_option), **props)

    return labeled(select, label, name, **control)


def select_option(option: Any) -> rx.Component:
    """Draw one line of a select."""
    return rx.el.option(option.label, value=option.value)


def labeled(
    control: Any,
    label: Words,
    name: str,
    *,
    hint: Words = "",
    error: str | rx.Var = "",
    **props: Any,
) -> rx.Component:
    """Tie a control to its label, its hint and its error."""
    optional = props.pop("optional", False)
    key = props.pop("id", name)
    return rx.el.div(
        rx.el.label(
            label,
            rx.el.span(" (optional)", class_name="muted") if optional else "",
            html_for=key,
        ),
        when(hint, rx.el.p(hint, class_name="hint", custom_attrs=_id(key, "hint"))),
        control(
            name=name,
            custom_attrs=_id(key),
            aria_describedby=f"{key}-hint {key}-error"
            if _given(hint)
            else f"{key}-error",
            aria_invalid=either(error != "", "true", "false"),
            **props,
        ),
        error_text(error, key),
        class_name="field",
    )


def error_text(error: str | rx.Var, key: Any) -> rx.Component:
    """Say what is wrong beside the field; an empty one takes no room."""
    return rx.el.p(error, class_name="error", custom_attrs=_id(key, "error"))


def _id(key: Any, part: str = "") -> dict[str, Any]:
    """Name an element without the reference Reflex would keep for `id`."""
    return {"id": f"{key}-{part}" if part else key}


def _given(words: Words) -> bool:
    return not (isinstance(words, str) and words == "")


def checkbox(
    label: Words, name: str, *, hint: Words = "", **control: Any
) -> rx.Component:
    """Ask for yes or no; the whole line is the target."""
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, **control),
        rx.el.span(label, when(hint, rx.el.span(hint, class_name="hint"))),
        class_name="tick",
    )


def radio_group(
    legend: Words, name: str | rx.Var, options: Any, **group: Any
) -> rx.Component:
    """Ask for one of a few, all in view.

    Takes `value` and `on_change`, or `default_value` inside a form; `hint`, `error`.
    """
    hint, error = group.pop("hint", ""), group.pop("error", "")
    return rx.el.fieldset(
        rx.el.legend(legend),
        when(hint, rx.el.p(hint, class_name="hint")),
        *each(options, lambda option: radio(option, name, dict(group))),
        error_text(error, name),
        aria_describedby=f"{name}-error",
        class_name="field radios",
    )


def radio(option: Any, name: str | rx.Var, group: dict[str, Any]) -> rx.Component:
    """Draw one of a group's choices."""
    return rx.el.label(
        rx.el.input(
            type="radio", name=name, value=option.value, **chosen(group, option.value)
        ),
        rx.el.span(
            option.label, when(option.hint, rx.el.span(option.hint, class_name="hint"))
        ),
        class_name="tick",
    )


def chosen(group: dict[str, Any], value: Any) -> dict[str, Any]:
    """Turn a group's value into this choice's checked state."""
    props = {key: group[key] for key in group if key not in ("value", "default_value")}
    if "value" in group:
        props["checked"] = group["value"] == value
    if "default_value" in group:
        props["default_checked"] = group["default_value"] == value
    return props


def error_summary(errors: Any, title: Words = "There is a problem") -> rx.Component:
    """List what stops a form (`field` and `text` of each) and lead to each field."""
    found = errors.length() > 0 if isinstance(errors, rx.Var) else bool(errors)
    lines = each(errors, lambda fault: rx.el.li(_fault_link(fault)))
    return when(
        found,
        rx.el.div(
            rx.el.h2(title),
            rx.el.ul(*lines),
            tab_index=-1,
            role="alert",
            data_focus="true",
            class_name="error-summary",
        ),
    )


def _fault_link(fault: Any) -> rx.Component:
    return jump_link(fault.text, target=fault.field)
