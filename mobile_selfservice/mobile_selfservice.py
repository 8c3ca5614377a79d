"""The app Reflex starts: every screen by its address, and how failures look."""

import reflex as rx

from mobile_selfservice.api import routes
from mobile_selfservice.api.closed import closed_endpoints
from mobile_selfservice.api.headers import security_headers
from mobile_selfservice.components.page_head import STYLESHEETS, head_components
from mobile_selfservice.gate import Gate
from mobile_selfservice.pages.home import HomeState, home
from mobile_selfservice.pages.notices import not_available, not_found
from mobile_selfservice.pages.password import PasswordState, password
from mobile_selfservice.pages.sign_in import SignInState, sign_in
from mobile_selfservice.session_state import SessionState, show_failure
from mobile_selfservice.watch import end_dead_tabs

app = rx.App(
    html_lang="en",
    stylesheets=STYLESHEETS,
    head_components=head_components(),
    backend_exception_handler=show_failure,
    # From the inside out: our routes, then what is closed, then the headers of all.
    api_transformer=[routes.app, closed_endpoints, security_headers],
)
app.add_middleware(Gate())
app.register_lifespan_task(end_dead_tabs, app=app)

ENTER = SessionState.enter

app.add_page(sign_in, route="/sign-in", title="Sign in", on_load=SignInState.open_door)
app.add_page(
    password,
    route="/password",
    title="Choose your password",
    on_load=[ENTER, PasswordState.open_form],
)
app.add_page(
    home, route="/", title="Welcome", on_load=[ENTER, HomeState.go_to_first_screen]
)
app.add_page(not_available, route="/not-available", title="Not available")
app.add_page(not_found, route="404", title="No such page")
