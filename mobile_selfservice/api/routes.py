"""Every address outside the pages, in one list."""

from starlette.applications import Starlette

from mobile_selfservice.api import (
    calendar_feed,
    claim_files,
    documents,
    health,
    import_files,
    invoice_files,
    links,
    payroll_files,
    phone_files,
    profile_files,
    replay_export,
    sign_in,
    stipend_files,
    team_export,
)

app = Starlette(
    routes=[
        *health.routes,
        *sign_in.routes,
        *links.routes,
        *calendar_feed.routes,
        *claim_files.routes,
        *import_files.routes,
        *profile_files.routes,
        *payroll_files.routes,
        *phone_files.routes,
        *invoice_files.routes,
        *team_export.routes,
        *documents.routes,
        *replay_export.routes,
        *stipend_files.routes,
    ]
)
