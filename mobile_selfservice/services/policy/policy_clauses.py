"""The clauses of the policies that the portal carries, read once in a process."""

from functools import cache
from importlib.resources import files

from mobile_selfservice.policy import clauses
from mobile_selfservice.policy.clauses import PolicyClause
from mobile_selfservice.services.policy.policy_texts import FILES


@cache
def clauses_of(policy: str) -> tuple[PolicyClause, ...]:
    """Return the clauses of a policy in its order, and where each is carried out."""
    file = files(clauses).joinpath(f"{FILES[policy]}.toml")
    return clauses.parse(file.read_text("utf-8"))
