"""Passwords: hashed with argon2id through passlib's interface (docs/decisions/0005).

A hash costs about a tenth of a second of one core on purpose. Never call these on the
event loop, and never inside a transaction that holds the database's write lock.
"""

import secrets

from passlib.context import CryptContext

from mobile_selfservice.services.refusals import Refused

SHORTEST = 15  # NIST SP 800-63B-4 for a password used alone
LONGEST = 256
_WORDS = """
amber basil cedar delta ember fjord grove hazel inlet juniper kelp lilac maple
north ochre pearl quartz river sable tulip umber violet willow yarrow zephyr
""".split()  # noqa: SIM905  a word list reads better than a list of words

_context = CryptContext(
    schemes=["argon2"],
    argon2__memory_cost=46 * 1024,
    argon2__time_cost=1,
    argon2__parallelism=1,
)


class WeakPassword(Refused):
    """The new password would be too easy to guess."""


def hashed(password: str) -> str:
    """Return the hash to keep."""
    return str(_context.hash(password))


def matches(password: str, password_hash: str) -> bool:
    """Tell whether a password is the one that was hashed."""
    if len(password) > LONGEST:
        match_nobody()  # or a quick answer would tell that the account exists
        return False
    return bool(_context.verify(password, password_hash))


def match_nobody() -> None:
    """Take as long as a real check, for a name that does not exist."""
    _context.dummy_verify()


def one_time() -> str:
    """Make a password to hand to one person, to be changed at first sign-in."""
    words = [secrets.choice(_WORDS) for _ in range(4)]
    return "-".join([*words, f"{secrets.randbelow(10_000):04}"])


def refuse_weak(password: str, *, user_name: str) -> None:
    """Ask for length, not for punctuation.

    Raises:
        WeakPassword: if it is short, too long, one repeated piece, or the user name.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(
            f"Choose a password of at least {SHORTEST} characters; yours has "
            f"{len(password)}. Four unrelated words make a good one."
        )
    if len(password) > LONGEST:
        raise WeakPassword(f"Choose a password of at most {LONGEST} characters.")
    if user_name.lower() in password.lower() or len(set(password)) < 5:
        raise WeakPassword(
            "Choose a password that does not contain your user name and does not "
            "repeat a few characters."
        )
