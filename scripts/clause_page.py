"""The page of every clause: where the portal carries it out, and what shows it."""

from collections.abc import Iterator
from itertools import groupby

from mobile_selfservice.policy.clauses import Home, HomeKind, PolicyClause
from mobile_selfservice.services.policy.policy_clauses import clauses_of
from mobile_selfservice.services.policy.policy_texts import FILES, own_words

HEAD = """# Every clause, and where it is carried out

<!-- Written from mobile_selfservice/policy/clauses/*.toml: make pages. -->

Both written policies, taken apart into clauses in our words. *Where* names what carries
a clause out: a rule of `mobile_selfservice/policy/`, a service, a screen by its
address, a job, or a figure of the edition. *Shown by* names the tests. What a person
does outside the portal says why; *still to come* names the step that builds what a
clause lacks, mostly its screen. The policies' own words stand in
`mobile_selfservice/policy/texts/`, and on the page of the policy in the portal.
"""
COLUMNS = "| clause | what it says | where | shown by |\n| --- | --- | --- | --- |"


def clauses() -> str:
    """Return docs/policy/clauses.md: every clause of both policies, by section."""
    parts = [HEAD, _counts()]
    for policy in FILES:
        parts.append(f"## {own_title(policy)}\n")
        for section, members in groupby(clauses_of(policy), lambda one: one.section):
            rows = "\n".join(_row(clause) for clause in members)
            parts.append(f"### {section}\n\n{COLUMNS}\n{rows}\n")
    return "\n".join(parts)


def own_title(policy: str) -> str:
    """Return the title of a policy whose words the portal carries."""
    own = own_words(policy)
    return own.title if own else policy


def _counts() -> str:
    every = [clause for policy in FILES for clause in clauses_of(policy)]
    sums = (
        (len(every), "clauses"),
        (sum(bool(one.homes) for one in every), "with something that carries them out"),
        (sum(bool(one.outside) for one in every), "with a part done outside"),
        (sum(bool(one.later) for one in every), "with a part still to come"),
        (sum(not one.homes for one in every), "with nothing in the portal yet"),
    )
    return "\n".join(f"- {count} {what}" for count, what in sums) + "\n"


def _row(clause: PolicyClause) -> str:
    readings = f" ({', '.join(clause.readings)})" if clause.readings else ""
    says = f"{clause.says}{readings}"
    where = "<br>".join(_where(clause))
    tests = "<br>".join(f"`{test.removeprefix('tests/')}`" for test in clause.tests)
    return f"| {clause.id} | {_cell(says)} | {_cell(where)} | {tests or '–'} |"


def _where(clause: PolicyClause) -> Iterator[str]:
    for home in clause.homes:
        yield f"{_named(home)} {home.does}"
    if clause.outside:
        yield f"*Outside:* {clause.outside}"
    if clause.later:
        yield f"*Still to come:* {clause.later}"


def _named(home: Home) -> str:
    kind = "" if home.kind in (HomeKind.RULE, HomeKind.SERVICE) else f"{home.kind} "
    return f"{kind}`{home.at}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
