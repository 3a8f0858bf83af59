"""Pure: which kind of picture some bytes are, by the bytes alone, and how wide and high it is: PNG, JPEG, GIF, WebP and nothing else."""

import struct
from dataclasses import dataclass

MOST_SIDE = 20_000
"""Picture points: larger ones are no figure of a text but a way to fill a reader's memory."""
TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


@dataclass(frozen=True)
class Image:
    """What a picture is (png, jpeg, gif, webp), and its size in picture points."""

    kind: str
    width: int
    height: int


def known(data: bytes) -> Image | None:
    """The kind and size of a picture; None for everything else, for what is cut off before its size is said, and for what is too large."""
    for starts, kind, size in ((b"\x89PNG\r\n\x1a\n", "png", _png), (b"\xff\xd8\xff", "jpeg", _jpeg), (b"GIF8", "gif", _gif)):
        if data.startswith(starts):
            return _image(kind, size, data)
    return _image("webp", _webp, data) if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def _image(kind: str, size, data: bytes) -> Image | None:
    try:
        found = size(data)
    except (struct.error, IndexError):
        return None
    if found is None or not all(0 < side <= MOST_SIDE for side in found):
        return None
    return Image(kind, *found)


def _png(data: bytes) -> tuple[int, int] | None:
    """IHDR comes first (PNG 1.2, 4.1.1)."""
    return struct.unpack(">II", data[16:24]) if data[12:16] == b"IHDR" else None


def _gif(data: bytes) -> tuple[int, int] | None:
    return struct.unpack("<HH", data[6:10]) if data[:6] in (b"GIF87a", b"GIF89a") else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Along the segments to the first start of frame (ITU T.81, B.2.2)."""
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    """The three ways a WebP says its size (RFC 9649, section 2)."""
    kind = data[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and data[20] == 0x2F:
        packed = int.from_bytes(data[21:25], "little")
        return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
    return None
