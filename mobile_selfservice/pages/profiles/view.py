"""The list of column profiles in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mobile_selfservice.components.wording import counted, short_moment
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.profiles.kept_profiles import (
    ProfileList,
    VersionSaved,
)
from mobile_selfservice.services.profiles.shipped_profiles import ShippedListed


@dataclass(frozen=True)
class ProfileRow:
    """One profile of the employer."""

    name: str = ""
    href: str = ""
    carrier: str = ""
    version: str = ""
    saved: str = ""
    used: str = ""
    export: str = ""
    export_words: str = ""


@dataclass(frozen=True)
class ShippedRow:
    """One profile that comes with the portal, to start from."""

    name: str = ""
    href: str = ""
    about: str = ""


@dataclass(frozen=True)
class ProfilesView:
    """The whole list."""

    is_loaded: bool = False
    may_map: bool = False
    own: list[ProfileRow] = field(default_factory=list)
    retired: list[ProfileRow] = field(default_factory=list)
    shipped: list[ShippedRow] = field(default_factory=list)


def profiles_view(found: ProfileList, shipped: Sequence[ShippedListed]) -> ProfilesView:
    """Put the list into words."""
    return ProfilesView(
        is_loaded=True,
        may_map=found.may_map,
        own=[_row(one, found.time_zone) for one in found.own],
        retired=[_row(one, found.time_zone) for one in found.retired],
        shipped=[
            ShippedRow(one.name, f"/invoices/profiles/new?shipped={one.key}", one.about)
            for one in shipped
        ],
    )


def _row(one: VersionSaved, time_zone: str) -> ProfileRow:
    return ProfileRow(
        name=one.name,
        href=f"/invoices/profiles/{one.profile_id}",
        carrier=carrier_name(one.carrier),
        version=f"{one.version}",
        saved=f"{one.by}, {short_moment(one.at, time_zone)}",
        used=_used(one, time_zone),
        export=f"/files/profiles/{one.profile_id}.toml",
        export_words=f"Export {one.name}",
    )


def _used(one: VersionSaved, time_zone: str) -> str:
    if not one.imports or one.last_import is None:
        return "Not yet"
    last = short_moment(one.last_import, time_zone)
    return f"{counted(one.imports, 'import')}, last {last}"
