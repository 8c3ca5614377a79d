"""How a letter looks as an e-mail: plain text, and the same words as simple HTML.

Headers are made by the standard library, which refuses a line break in any of them.
What a letter says is always escaped; the HTML loads nothing from anywhere.
"""

import hashlib
import html
import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from mobile_selfservice.models.mail import Letter
from mobile_selfservice.settings import settings

ADDRESS = re.compile(r"https?://[^\s<>\"]+[\w/=-]")
# Left to the reader's own mail program: colors (light or dark), fonts and sizes.
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main style="max-width: 40em; line-height: 1.5">
{parts}
</main></body></html>
"""


def message_of(letter: Letter) -> EmailMessage:
    """Make the e-mail of a letter; the same letter always gives the same bytes.

    Raises:
        ValueError: if the address or the subject cannot stand in a header.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = settings().mail_from
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = message_id(letter)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    message.add_alternative(page(letter.subject, letter.body), subtype="html")
    message.set_boundary(f"letter-{letter.id}-{_fingerprint(letter)}")
    return message


def message_id(letter: Letter) -> str:
    """Name a letter for good, so that a mail server knows it when it comes again."""
    host = urlsplit(settings().public_url).hostname or "localhost"
    return f"<letter-{letter.id}-{_fingerprint(letter)}@{host}>"


def page(subject: str, body: str) -> str:
    """Set plain text as HTML: paragraphs, lists, and addresses as links."""
    parts = [_part(part) for part in body.strip().split("\n\n")]
    return PAGE.format(title=html.escape(subject), parts="\n".join(parts))


def _part(text: str) -> str:
    lines = text.splitlines()
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{_linked(line[2:])}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{'<br>'.join(_linked(line) for line in lines)}</p>"


def _linked(line: str) -> str:
    """Escape a line, and lead its words to the address that ends it.

    "Phone ending in 0142: https://…" becomes a link with those words: a signed address
    says nothing to a person who reads, or hears, the letter.
    """
    found = ADDRESS.search(line)
    if found is None:
        return html.escape(line)
    words = line[: found.start()].strip().removesuffix(":") or found.group()
    link = f'<a href="{html.escape(found.group())}">{html.escape(words)}</a>'
    return link + html.escape(line[found.end() :])


def _fingerprint(letter: Letter) -> str:
    """Tell a letter from another of the same number in a restored database."""
    told = f"{letter.occasion}|{letter.written_at.isoformat()}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
