"""Pure: a mail that a program sent in pieces because of its size (message/partial, RFC 2046 5.2.2), and putting it together again."""

import email
import re
from dataclasses import dataclass

from consult.inbox.limits import header_block

MOST = 100
"""Pieces of one mail."""
OURS_INSIDE = (b"content-", b"subject", b"message-id", b"encrypted", b"mime-version")
"""Fields that the mail has inside its first piece; all others are those of the piece itself (RFC 2046 5.2.2.1)."""
BROKEN_BY_CUTTING = (b"dkim-signature", b"arc-", b"content-length", b"lines")
VOUCHING = (b"authentication-results", b"received-spf")


@dataclass(frozen=True)
class Piece:
    """One piece: what names the whole mail, which piece it is, of how many (0: it does not say)."""

    identity: str
    number: int
    total: int


def piece_of(raw: bytes) -> Piece | None:
    """Which piece a mail is; None when it does not say so in a way that can be used."""
    fields = email.message_from_bytes(header_block(raw) + b"\r\n\r\n")
    if fields.get_content_type() != "message/partial":
        return None
    said = {name: str(fields.get_param(name, "") or "") for name in ("id", "number", "total")}
    if (
        not said["id"]
        or len(said["id"]) > 500
        or not all(said[name].isdecimal() or name == "total" and not said[name] for name in ("number", "total"))
    ):
        return None
    number, total = int(said["number"][:9]), int(said["total"][:9] or 0)
    return Piece(said["id"], number, total) if 1 <= number <= MOST and total <= MOST and (not total or number <= total) else None


def complete(pieces: dict[int, Piece]) -> int:
    """Of how many pieces the mail is made, once all are there; else 0."""
    total = max((piece.total for piece in pieces.values()), default=0)
    return total if total and set(pieces) == set(range(1, total + 1)) else 0


def together(raws: list[bytes], vouched: bool) -> bytes:
    """The mail that these pieces make, in their order; `vouched`: a receiving server confirmed the sender of each of them."""
    outer, body = _parted(raws[0])
    inner, begun = _parted(body)
    gone = OURS_INSIDE + BROKEN_BY_CUTTING + (() if vouched else VOUCHING)
    kept = [field for field in _fields(outer) if not field.lower().startswith(gone)]
    kept += [field for field in _fields(inner) if field.lower().startswith(OURS_INSIDE)]
    return b"\r\n".join(kept) + b"\r\n\r\n" + begun + b"".join(_parted(raw)[1] for raw in raws[1:])


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """(header, body); a mail may have bare line feeds."""
    end = re.search(rb"\r?\n\r?\n", raw)
    return (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")


def _fields(block: bytes) -> list[bytes]:
    """The fields of a header, each with its further lines."""
    return [field for field in re.split(rb"\r?\n(?![ \t])", block) if field.strip()]
