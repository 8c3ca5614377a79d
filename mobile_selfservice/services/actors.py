"""Who is asking, and where their roles reach."""

from dataclasses import dataclass

from mobile_selfservice.models.organization import Role

__all__ = ["Actor", "Grant", "Role"]


@dataclass(frozen=True, slots=True)
class Grant:
    """One role and its reach: a department, an agency, or the whole employer."""

    role: Role
    agency_id: int | None = None
    department_id: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, with the roles they hold today."""

    person_id: int
    employer_id: int
    department_id: int
    agency_id: int
    name: str
    grants: frozenset[Grant]

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, wherever it reaches."""
        return frozenset(grant.role for grant in self.grants)

    def has(self, *roles: Role) -> bool:
        """Tell whether the person holds one of these roles."""
        return not self.roles.isdisjoint(roles)
