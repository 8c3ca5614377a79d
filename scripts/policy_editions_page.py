"""The page docs/policy/editions.md: how a policy is written as data, and which are."""

from collections.abc import Iterator
from itertools import groupby

from mobile_selfservice.policy.choice_words import CHOICE_WORDS
from mobile_selfservice.policy.kinds import Kind
from mobile_selfservice.policy.parameters import Edition, Parameter
from mobile_selfservice.services.policy_in_force import packaged, packaged_names

COMPLETE = "lodi_2011"


def editions_page() -> str:
    """Return the page, with every packaged edition and every parameter."""
    parts = [HEAD.strip(), _editions(), PARAMETERS_HEAD.strip()]
    listed = packaged(COMPLETE).parameters.values()
    for group, members in groupby(listed, lambda parameter: parameter.group):
        parts.append(f"### {group}\n\n{_parameters(members)}")
    return "\n\n".join(parts) + "\n"


def _editions() -> str:
    rows = ["| file | policy | source | values |", "| --- | --- | --- | --- |"]
    for name in packaged_names():
        edition = packaged(name)
        cells = (f"`{name}`", edition.title, edition.source, str(_count(edition)))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _count(edition: Edition) -> int:
    return sum(len(parameter.values) for parameter in edition.parameters.values())


def _parameters(parameters: Iterator[Parameter]) -> str:
    rows = ["| parameter | what it is | looked up by |", "| --- | --- | --- |"]
    rows += [
        f"| `{each.key}` | {each.label}: {_takes(each)} | {each.by} |"
        for each in parameters
    ]
    return "\n".join(rows)


def _takes(parameter: Parameter) -> str:
    if parameter.choices:
        return ", ".join(_choice(choice) for choice in parameter.choices)
    if parameter.columns:
        return f"rows of {', '.join(parameter.columns)}"
    if parameter.kind is Kind.FLAG:
        return "yes or no"
    yearly = ", reviewed every year" if parameter.yearly else ""
    return f"{parameter.unit or parameter.kind.value}{yearly}"


def _choice(choice: str) -> str:
    meaning = CHOICE_WORDS.get(choice)
    return f"`{choice}` ({meaning})" if meaning else f"`{choice}`"


HEAD = """
# Editions: policies as files

<!-- Written from mobile_selfservice/policy/editions: make pages. -->

An edition is one written policy as data: a TOML file in
`mobile_selfservice/policy/editions/`. The rules take every figure and every choice from
it, by the day it is asked for; no rule has a figure of its own.

`catalogue.toml` says once, for all editions, what each parameter is. An edition adds
the clause, who sets it, and the values:

```toml
[edition]
id      = "ingham-county"
policy  = "Ingham County MI"          # what a clause is cited with
title   = "Ingham County, Michigan: cell phones"
source  = "Policy 352"
adopted = 2009-01-01
adopted_by = "The employer"           # sets what the policy does not speak of
readings = ["AMB-52"]                 # takes these readings of ours as they are

[edition.offices]                     # which role of the portal acts for an official
"The employer" = "city_manager"

[parameters."personal_use.flat_fee"]
clause  = "352"
values  = [
  { from = 2009-01-01, scope = "voice", value = "13.00", authority = "Policy 352" },
  { from = 2009-01-01, scope = "full", value = "25.00", authority = "Policy 352" },
]
```

- A value holds from its day until the next one. Nothing is ever changed: a new value is
  a new row, and a closed bill keeps those it was worked out with.
- `scope` narrows a value: to a class of phone, an add-on, a device type, or the option
  an employee chose (`edition.narrowed("plan_1")`).
- What the source does not state has no value. A rule that needs it says who sets it;
  nothing missing is ever taken as zero.
- An amount is written in quotes, `"0.10"`, so that no figure is lost on the way.
- `extends = "lodi_2011"` makes an edition that follows another and lists only what it
  adds, under `[values]`: the demo city does.
- A file that cannot be read is refused with the name of the file and of the parameter.

An employer names its edition when it is set up (`found`); its officials set later
values in the portal.

## Editions that come with the portal

`lodi_2011`, `alder_creek` and `ny_its_p18_007` are complete. The others are examples:
what their published text states, as proof that the parameters stretch. Their day of
adoption is often not stated; 2000-01-01 stands for the beginning.
"""

PARAMETERS_HEAD = """
## Parameters

"Looked up by" is the day whose value counts.
"""
