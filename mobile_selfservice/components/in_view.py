"""Which address the browser shows: known there at once, before any answer comes."""

import reflex as rx
from reflex.vars import VarData


def is_in_view(address: rx.Var) -> rx.Var[bool]:
    """Tell in the browser whether an address, without its query, is the one shown."""
    seen = 'inView.pathname.replace(/(.)\\/+$/, "$1")'
    return rx.Var(
        f"({seen} === {address!s})",
        _var_type=bool,
        _var_data=VarData.merge(
            address._get_all_var_data(),
            VarData(
                imports={"react-router": "useLocation"},
                hooks={"const inView = useLocation();": None},
            ),
        ),
    )
