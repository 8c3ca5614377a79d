"""The text of a PDF's first and last pages, read in a process of its own.

A PDF comes from outside and may be made to hang or to fill the memory: the process that
opens it has limits of its own, is given nothing of ours, and is ended when its time is
up.
"""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SECONDS = 20
MEMORY = 1 << 30
MOST_TEXT = 400_000
FIRST_PAGES, LAST_PAGES = 4, 2
ROOT = Path(__file__).parents[2]
UNREADABLE = (
    "The PDF is damaged, or could not be read in 20 seconds and 1 GB of memory. "
    "It is kept with the invoice; nothing was compared with it."
)
NO_TEXT = (
    "The PDF holds no text, as a scanned bill does not. It is kept with the invoice; "
    "nothing was compared with it."
)


class PdfUnreadable(Exception):  # noqa: N818
    """A PDF that gives no text; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """How many pages a PDF has, and the text of its first and last ones."""

    pages: int
    text: str


def text_of(path: Path, seconds: float = SECONDS) -> PdfText:
    """Read the text of a PDF's first and last pages.

    Raises:
        PdfUnreadable: if it is damaged, takes too long or too much, or holds no text.
    """
    try:
        done = subprocess.run(  # noqa: S603 our own module, and a path of ours
            [sys.executable, "-m", __name__, str(path.resolve())],
            cwd=ROOT,
            env={"PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=True,
        )
        told = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise PdfUnreadable(UNREADABLE) from None
    if not told["text"].strip():
        raise PdfUnreadable(NO_TEXT)
    return PdfText(told["pages"], told["text"])


def main(path: str) -> None:
    """Print the text of one file as JSON; runs where nothing else is at stake."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        count = len(pdf.pages)
        last = range(max(FIRST_PAGES, count - LAST_PAGES), count)
        texts = []
        for number in (*range(min(FIRST_PAGES, count)), *last):
            page = pdf.pages[number]
            texts.append(page.extract_text() or "")
            page.close()
    text = "\n".join(texts)[:MOST_TEXT]
    sys.stdout.write(json.dumps({"pages": count, "text": text}))


if __name__ == "__main__":
    main(sys.argv[1])
