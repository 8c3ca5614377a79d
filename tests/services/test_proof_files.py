"""A proof is what its content says it is, and is kept by that content."""

import hashlib

import pytest

from mobile_selfservice.services.invoices.import_files import TooLarge
from mobile_selfservice.services.stipends import proof_files
from mobile_selfservice.services.stipends.proof_files import NoLongerKept, NotAProof

PDF = b"%PDF-1.7\nand more"
PNG = b"\x89PNG\r\n\x1a\nand more"
JPEG = b"\xff\xd8\xff\xe0and more"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg")],
)
def test_a_file_is_known_by_its_content_whatever_its_name(tmp_path, content, kind):
    one_by_one = [bytes([each]) for each in content]
    kept = proof_files.keep(tmp_path / "proofs", "../../evil.html", one_by_one)

    assert kept.kind == kind
    assert kept.name == "evil.html"
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert proof_files.read(tmp_path / "proofs", kept.sha256) == content
    path = tmp_path / "proofs" / kept.sha256
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"GIF89a", b" %PDF-1.7", b"PK\x03\x04", b"\xff\xd8"]
)
def test_anything_else_is_refused_and_not_kept(tmp_path, content):
    with pytest.raises(NotAProof):
        proof_files.keep(tmp_path / "proofs", "bill.pdf", [content])
    assert not (tmp_path / "proofs").exists()


def test_what_is_too_large_is_not_kept(tmp_path):
    with pytest.raises(TooLarge):
        proof_files.keep(tmp_path, "bill.pdf", [PDF, b"x" * 100], limit=50)
    assert list(tmp_path.iterdir()) == []


def test_only_a_hash_is_ever_looked_up(tmp_path):
    for name in ("../secret.key", "", "ab" * 31, "zz" * 32):
        with pytest.raises(NoLongerKept):
            proof_files.read(tmp_path, name)
