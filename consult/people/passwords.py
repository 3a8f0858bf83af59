"""Pure: passwords kept as Argon2id, with the same work done whether there is one to compare with or not."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hashed(password: str) -> str:
    """What is kept instead of the password."""
    return _hasher.hash(password)


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")


def matches(kept: str | None, password: str) -> bool:
    """Whether this is the password; where there is none, the answer is no and takes as long."""
    try:
        return _hasher.verify(kept or _nobodys(), unicodedata.normalize("NFC", password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
