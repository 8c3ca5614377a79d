"""Reflex's own settings; everything else is read in mobile_selfservice/settings.py."""

import os
from urllib.parse import urlsplit

import reflex as rx

PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:3000").rstrip("/")
PORT = int(os.environ.get("PORT") or urlsplit(PUBLIC_URL).port or 3000)

config = rx.Config(
    app_name="mobile_selfservice",
    backend_host=os.environ.get("HOST", "127.0.0.1"),
    frontend_port=PORT,
    backend_port=PORT,
    api_url=PUBLIC_URL,
    deploy_url=PUBLIC_URL,
    # The only check of a websocket's origin there is: exact, never "*".
    cors_allowed_origins=[PUBLIC_URL],
    # Nothing of value lives in State, so memory is enough for one worker.
    state_manager_mode="memory",
    redis_token_expiration=12 * 3600,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["gzip"],
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
