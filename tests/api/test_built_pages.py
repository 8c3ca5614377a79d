"""What a browser gets with the built screens: the address, what it keeps, what runs."""

import asyncio
import re

import httpx
import pytest
from reflex.utils.precompressed_staticfiles import PrecompressedStaticFiles
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from mobile_selfservice.api import built, headers

HERE = "http://localhost:3000"
FOR_EVER = "public, max-age=31536000, immutable"
FILES = {
    "index.html": "<script>start()</script>",
    "bills/index.html": "<script>bills()</script>",
    "404.html": "<script>anything()</script>",
    "assets/bills-1a2b.js": "draw()",
    "fonts/inter.woff2": "letters",
    "portal.js": "listen()",
}


class Browser:
    """Asks for what is built, without a server in between."""

    def __init__(self, app):
        self.app = app

    def get(self, address, **sent):
        return asyncio.run(self._get(address, **sent))

    async def _get(self, address, **sent):
        inside = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=inside, base_url=HERE) as client:
            return await client.get(address, **sent)


@pytest.fixture
def browser(tmp_path, monkeypatch):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setattr(built, "BUILT", tmp_path)
    monkeypatch.setattr(headers, "BUILT", tmp_path)
    headers._policy.cache_clear()
    own = Route("/own", lambda _: PlainTextResponse("", headers={"Cache-Control": "x"}))
    files = PrecompressedStaticFiles(
        directory=tmp_path, html=True, encodings=("brotli", "gzip")
    )
    served = Mount("/", files)
    app = headers.security_headers(built.built_pages(Starlette(routes=[own, served])))
    yield Browser(app)
    headers._policy.cache_clear()


def hashes(answer):
    return re.findall(r"'sha256-[^']+'", answer.headers["content-security-policy"])


def test_a_page_comes_at_the_address_people_type_without_a_redirect(browser):
    answer = browser.get("/bills")

    assert answer.status_code == 200
    assert "bills()" in answer.text


@pytest.mark.parametrize(
    ("path", "keeping"),
    [
        ("/bills", "no-cache"),
        ("/assets/bills-1a2b.js", FOR_EVER),
        ("/fonts/inter.woff2", "public, max-age=86400"),
        ("/portal.js", "no-cache"),
        ("/own", "x"),
    ],
)
def test_a_browser_keeps_what_can_never_change_and_asks_for_the_rest(
    browser, path, keeping
):
    assert browser.get(path).headers["cache-control"] == keeping


def test_the_page_for_a_file_that_is_gone_is_not_kept_in_its_place(browser):
    answer = browser.get("/assets/of-the-last-release.js")

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "asked", ["/assets/%2e%2e/bills", "//bills", "/bills/%2e", "/%2e%2e/bills"]
)
def test_no_spelling_of_an_address_leads_to_the_name_the_asker_gives(browser, asked):
    answer = browser.get(f"{HERE}{asked}", headers={"Host": "elsewhere.example"})

    assert (answer.status_code, "location" in answer.headers) == (200, False)
    assert "bills()" in answer.text


@pytest.mark.parametrize("asked", ["/nothing", "/assets/of-the-last-release.js"])
def test_what_does_not_exist_is_not_said_to_be_unchanged(browser, asked):
    tag = browser.get(asked).headers["etag"]

    for said in ({"If-None-Match": tag}, {"If-None-Match": "*"}):
        assert browser.get(asked, headers=said).status_code == 404


@pytest.mark.parametrize("asked", ["/", "/bills", "/bills/", "/assets/bills-1a2b.js"])
def test_what_exists_and_is_unchanged_is_not_sent_again(browser, asked):
    tag = browser.get(asked).headers["etag"]

    assert browser.get(asked, headers={"If-None-Match": tag}).status_code == 304


def test_only_a_page_carries_the_hashes_of_inline_scripts(browser):
    page, file = browser.get("/bills"), browser.get("/assets/bills-1a2b.js")

    assert len(hashes(page)) == 3  # one for each different script of the built pages
    assert hashes(file) == []
    assert "script-src 'self';" in file.headers["content-security-policy"]
    for answer in (page, file):
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_unchanged_page_keeps_the_policy_it_came_with(browser):
    tag = browser.get("/bills").headers["etag"]

    again = browser.get("/bills", headers={"If-None-Match": tag})

    # What a 304 says replaces what the browser stored: the hashes would be lost.
    assert again.status_code == 304
    assert "content-security-policy" not in again.headers
    assert again.headers["x-frame-options"] == "DENY"
