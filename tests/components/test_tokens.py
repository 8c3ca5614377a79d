"""Every pair of colors that meet on a page is told apart, in both modes."""

import re

import pytest

TEXT, CONTROL = 4.5, 3.0
PAIRS = [
    ("ink", "page", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "sunken", TEXT),
    ("muted", "page", TEXT),
    ("muted", "surface", TEXT),
    ("muted", "sunken", TEXT),
    ("accent", "page", TEXT),
    ("accent", "surface", TEXT),
    ("accent-strong", "accent-soft", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("surface", "danger", TEXT),
    *[(tone, f"{tone}-soft", TEXT) for tone in ("accent", "success", "warn", "danger")],
    *[("ink", f"{tone}-soft", TEXT) for tone in ("accent", "success", "warn")],
    *[(tone, "surface", TEXT) for tone in ("success", "warn", "danger")],
    *[("control", behind, CONTROL) for behind in ("page", "surface", "sunken")],
    *[("focus", behind, CONTROL) for behind in ("page", "surface", "sunken")],
]


@pytest.fixture(scope="module")
def tokens(pytestconfig):
    sheet = (pytestconfig.rootpath / "assets" / "portal.css").read_text("utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", sheet)
    return {name: (light, dark) for name, light, dark in found}


@pytest.mark.parametrize(("front", "behind", "least"), PAIRS)
def test_colors_that_meet_are_told_apart(tokens, front, behind, least):
    for mode in (0, 1):
        assert contrast(tokens[front][mode], tokens[behind][mode]) >= least


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
