"""The head of a column profile's page: whose it is, its versions, what may be done."""

from mobile_selfservice.components.wording import short_moment
from mobile_selfservice.pages.profile.view import HeadView, ToldView, VersionRow
from mobile_selfservice.services.invoices.carrier_names import carrier_name
from mobile_selfservice.services.invoices.import_files import MOST_FILES
from mobile_selfservice.services.profiles.kept_profiles import VersionSaved
from mobile_selfservice.services.profiles.opened_profile import Opened
from mobile_selfservice.settings import settings

PROBLEMS = {
    "large": "The files are larger than the portal takes. Choose one bill month.",
    "form": f"The files could not be taken in. Choose at most {MOST_FILES} files and "
    "try again.",
    "none": "No file was chosen. Choose one of the files you want to import.",
}
RETIRED = (
    "This profile is retired: files are no longer read with it. Save it again to bring "
    "it back."
)
OLDER = "This is an older version. Saving is refused while it is not the newest one."


def head_view(opened: Opened) -> HeadView:
    """Put what was opened into words."""
    profile, saved = opened.profile, opened.profile_id
    is_newest = saved is not None and saved == opened.newest_id
    return HeadView(
        is_loaded=True,
        title=_title(opened),
        name=profile.name if profile else "",
        carrier=carrier_name(profile.carrier) if profile else "",
        about=profile.about if profile else "",
        note=_note(opened, is_newest=is_newest),
        newest_href=(
            f"/invoices/profiles/{opened.newest_id}" if saved and not is_newest else ""
        ),
        upload="/files/profiles/sample" + (f"?profile={saved}" if saved else ""),
        limit=f"{settings().upload_limit / 1_000_000:,.0f} MB",
        export=f"/files/profiles/{saved}.toml" if saved else "",
        may_map=opened.may_map,
        may_import=opened.may_map
        and is_newest
        and opened.has_sample
        and not opened.is_retired,
        may_retire=opened.may_map and is_newest and not opened.is_retired,
        versions=[_version(one, opened.time_zone) for one in opened.versions],
    )


def _title(opened: Opened) -> str:
    if opened.profile is None:
        return "Map a file’s columns"
    return opened.profile.name


def _note(opened: Opened, *, is_newest: bool) -> str:
    if opened.profile_id is None:
        return ""
    if not is_newest:
        return OLDER
    return RETIRED if opened.is_retired else ""


def _version(one: VersionSaved, time_zone: str) -> VersionRow:
    return VersionRow(
        version=f"Version {one.version}",
        href=f"/invoices/profiles/{one.profile_id}",
        saved=f"{one.by}, {short_moment(one.at, time_zone)}",
        state="Retired" if one.is_retired else "",
    )


def told_view(fields: dict[str, str]) -> ToldView:
    """Say what was stated of the bill, so that nobody forgets it."""
    named = ("account", "invoice", "bill_date", "line")
    told = {name: fields.get(name, "").strip() for name in named}
    if not any(told.values()):
        return ToldView(said="Nothing is stated of the bill.")
    words = ", ".join(value for value in told.values() if value)
    return ToldView(**told, said=f"Stated for the test and the import: {words}.")
