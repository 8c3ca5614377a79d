"""Reflex's own settings; everything else is read in mobile_selfservice/settings.py."""

import os
from urllib.parse import urlsplit

import reflex as rx

PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:3000").rstrip("/")
PORT = int(os.environ.get("PORT") or urlsplit(PUBLIC_URL).port or 3000)

VITE, GROUPS = "vite.config.js", "groups: ["
SHARED_ICONS = '{ test: /lucide-react/, name: "icons", minShareCount: 2 },'


class IconsTogether(rx.plugins.Plugin):
    """Build the icons that screens share into one file instead of a file each.

    A screen draws a dozen of them, and each file is a request with its headers.
    """

    def pre_compile(self, **context):
        """Ask for it in the settings of the bundler, which Reflex writes anew."""
        context["add_modify_task"](VITE, self._group)

    @staticmethod
    def _group(settings: str) -> str:
        if GROUPS not in settings:
            raise RuntimeError(f"{VITE} has no {GROUPS!r}: see IconsTogether")
        if SHARED_ICONS in settings:
            return settings
        return settings.replace(GROUPS, f"{GROUPS} {SHARED_ICONS}", 1)


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
    # Made once, at build time; browsers take brotli over HTTPS and on this machine.
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[rx.plugins.TailwindV4Plugin(), IconsTogether()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
