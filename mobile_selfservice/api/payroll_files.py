"""Handed-over stipend runs as files, and the template of payroll's own columns."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.entry import look_as
from mobile_selfservice.services.access import PAYROLL_READERS
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.payroll import payroll_export
from mobile_selfservice.services.payroll.payroll_export import RunFile


@for_roles(*PAYROLL_READERS)
async def get_run(request: Request, actor: Actor) -> Response:
    """Answer with a run in our layout, or with `?layout=own` in payroll's own."""
    found = await look_as(
        actor,
        payroll_export.run_file,
        run_id=record_number(request.path_params["run_id"]),
        is_templated=request.query_params.get("layout") == "own",
    )
    return _file(found, "text/csv; charset=utf-8")


@for_roles(*PAYROLL_READERS)
async def get_template(request: Request, actor: Actor) -> Response:
    """Answer with the template in use."""
    found = await look_as(actor, payroll_export.template_file)
    return _file(found, "application/json")


def _file(found: RunFile, media_type: str) -> Response:
    # No byte order mark: payroll systems take it for a part of the first heading.
    return Response(
        found.content.encode(),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{found.name}"'},
    )


routes = [
    Route("/files/payroll/{run_id}.csv", get_run, methods=["GET"]),
    Route("/files/payroll-template", get_template, methods=["GET"]),
]
