"""Pure: a long letter in numbered parts, each small enough for the person it goes to."""

import binascii
from functools import lru_cache

from consult.alerts.layout import wrapped

SMALLEST = 1_500
"""However small the limit, a part has this many octets of room; otherwise a letter would be all header."""


@lru_cache(maxsize=8000)
def cost(block: str) -> tuple[int, int]:
    """How many octets a block takes on its way, as quoted-printable and as base64, with the empty line after it."""
    octets = (wrapped(block) + "\n\n").replace("\n", "\r\n").encode("utf-8", "replace")
    return len(binascii.b2a_qp(octets, istext=True)), (len(octets) + 2) // 3 * 4 * 78 // 76 + 3


def octets(blocks: list[str]) -> int:
    """How many octets these blocks take together, encoded as the outbox encodes them."""
    costs = [cost(block) for block in blocks]
    return min(sum(quoted for quoted, _ in costs), sum(packed for _, packed in costs))


def divided(first: list[str], following: list[str], blocks: list[str], room: int, share: float = 1.0) -> list[list[str]]:
    """The blocks in parts, in order: the first part stands below `first`, each further one below `following`; none takes more than `room`
    octets. A block is only cut in the middle when it is larger than a whole part. `share` is how much of the room the text may take."""
    room = max(int(room * share), SMALLEST)
    parts: list[list[str]] = [[]]
    quoted = packed = 0
    head = octets(first)
    for block in blocks:
        for piece in _pieces(block, room - octets(following)):
            more_quoted, more_packed = cost(piece)
            full = min(quoted + more_quoted, packed + more_packed) > room - head
            if full and (parts[-1] or len(parts) == 1):
                parts.append([])
                quoted, packed, head = 0, 0, octets(following)
            parts[-1].append(piece)
            quoted, packed = quoted + more_quoted, packed + more_packed
    return parts


def _pieces(block: str, room: int) -> list[str]:
    """The block itself, or, when it is larger than a part, its lines in portions that fit; each portion carries the block's mark."""
    if min(cost(block)) <= room:
        return [block]
    mark = block.split("] ")[0] + "] … " if block.lstrip().startswith("[") and "] " in block[:80] else ""
    portions, portion = [], ""
    for line in wrapped(block).split("\n"):
        wider = f"{portion}\n{line}" if portion else line
        if portion and min(cost(wider)) > room:
            portions.append(portion)
            wider = mark + line.strip()
        portion = wider
    portions.append(portion)
    again = getattr(block, "portion", None)  # an entry of a digest stays one, however it is cut
    return [again(each, number) for number, each in enumerate(portions)] if again else portions
