"""Pure: a digest as multipart/digest (RFC 2046 5.1.5): a preamble, then each entry as a message of its own that can be answered."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from consult.outbox import headers


def is_one(pieces: Sequence[dict] | None) -> bool:
    """Whether these pieces of a letter travel as messages of their own."""
    return bool(pieces) and "name" in pieces[0]


def preamble(text: str, pieces: Sequence[dict]) -> str:
    """What stands above the first entry."""
    return "\n".join(text.split("\n")[: pieces[0]["lines"][0]]).rstrip("\n")


def entries(text: str, pieces: Sequence[dict], domain: str) -> list[tuple[list[str], str]]:
    """The header lines and the words of each entry. Nobody's own address stands in them: the answer goes to ours."""
    lines = text.split("\n")
    return [(_head(piece, domain), "\n".join(lines[slice(*piece["lines"])])) for piece in pieces]


def _head(piece: dict, domain: str) -> list[str]:
    head = [
        headers.mailbox("From", piece["from"], f"consult@{domain}"),
        f"Reply-To: {piece['reply']}" if piece.get("reply") else "",
        headers.subject(piece["subject"]),
        f"Date: {format_datetime(datetime.fromisoformat(piece['at']))}",
        f"Message-ID: <{piece['name']}>",
        headers.threading("In-Reply-To", f"<{piece['follows']}>") if piece.get("follows") else "",
    ]
    return [line for line in head if line]
