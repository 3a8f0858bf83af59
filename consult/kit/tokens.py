"""Pure: secrets that travel in letters. Hex and lower case, because relays fold the case of addresses."""

import hashlib
import secrets


def new() -> str:
    """A fresh secret of 128 bits as 32 hex digits."""
    return secrets.token_hex(16)


def digest(token: str) -> str:
    """What is stored instead of a link's secret, so that a stolen database opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()
