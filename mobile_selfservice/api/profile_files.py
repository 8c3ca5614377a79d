"""Taking in files whose columns are to be mapped, and handing out saved profiles."""

from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mobile_selfservice.api.import_files import kept_files
from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.entry import act_as, look_as
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.invoices.import_files import TooLarge
from mobile_selfservice.services.profiles import profile_texts, sample
from mobile_selfservice.services.refusals import NotPermitted


@for_roles(Role.FINANCE, Role.IT)
async def post_sample(request: Request, actor: Actor) -> Response:
    """Keep the files, and lead back to the page where their columns are mapped."""
    where = _page(request)
    try:
        kept = await kept_files(request)
    except TooLarge:
        return RedirectResponse(f"{where}?problem=large", 303)
    except MultiPartException:
        return RedirectResponse(f"{where}?problem=form", 303)
    if not kept:
        return RedirectResponse(f"{where}?problem=none", 303)
    sample_id = await act_as(actor, sample.keep_sample, files=kept)
    return RedirectResponse(f"{where}?sample={sample_id}", 303)


@for_roles(Role.FINANCE, Role.IT, Role.AUDITOR)
async def get_profile(request: Request, actor: Actor) -> Response:
    """Hand out one version of a profile as a file."""
    number = record_number(str(request.path_params["number"]))
    file = await look_as(actor, profile_texts.export, profile_id=number)
    return Response(
        file.text,
        media_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file.name}.toml"'},
    )


routes = [
    Route("/files/profiles/sample", post_sample, methods=["POST"]),
    Route("/files/profiles/{number:int}.toml", get_profile, methods=["GET"]),
]


def _page(request: Request) -> str:
    """Name the page that posted the form: a saved profile's, or that of a new one."""
    said = request.query_params.get("profile", "")
    if not said:
        return "/invoices/profiles/new"
    try:
        return f"/invoices/profiles/{record_number(said)}"
    except NotPermitted:
        return "/invoices/profiles/new"
