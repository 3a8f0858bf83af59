"""Pure: files that travel along with a letter, as parts of it (RFC 2183, 2231). The same file always becomes the same bytes."""

import base64
import re
from dataclasses import dataclass
from urllib.parse import quote

from consult.outbox.headers import LINE, clean

UNKNOWN = "application/octet-stream"
TYPE = re.compile(
    r"(?:application|audio|font|image|model|text|video)/[A-Za-z0-9][A-Za-z0-9.+_-]{0,80}"
    r"(?:; method=[A-Z]{1,12})?(?:; charset=[A-Za-z0-9-]{1,30})?"
)
PLAIN = frozenset(map(chr, range(0x20, 0x7F))) - frozenset('"\\%')  # what a name between quotation marks may hold


@dataclass(frozen=True)
class Attached:
    """A file as it goes along with a letter: its name, its media type and its bytes."""

    name: str
    media_type: str
    data: bytes

    @property
    def octets(self) -> int:
        """How large the file itself is."""
        return len(self.data)


def known_type(media_type: str) -> str:
    """The media type where it is one that a file can have in a letter, else that of any bytes."""
    return media_type if TYPE.fullmatch(media_type) and len(media_type) <= 100 else UNKNOWN


def part(file: Attached) -> bytes:
    """The file as one part of a letter, in base64, ready to stand behind its border."""
    lines = [f"Content-Type: {known_type(file.media_type)}", *disposition(file.name), "Content-Transfer-Encoding: base64", "", ""]
    return "\r\n".join(lines).encode() + base64.encodebytes(file.data).replace(b"\n", b"\r\n")


def disposition(name: str) -> list[str]:
    """The lines that say it is an attachment and what it is called; a name beyond ASCII, or a long one, as RFC 2231 has it."""
    name, begun = clean(name, 200) or "file", "Content-Disposition: attachment;"
    if len(name) <= LINE - len(' filename=""') and set(name) <= PLAIN:
        return _lines(begun, [f'filename="{name}"'])
    places = _places(quote(name, safe=""))
    if len(places) == 1:
        return _lines(begun, [f"filename*=utf-8''{places[0]}"])
    return _lines(begun, [f"filename*{number}*={place}" for number, place in enumerate(["utf-8''" + places[0], *places[1:]])])


def _lines(begun: str, places: list[str]) -> list[str]:
    if len(places) == 1 and len(begun) + 1 + len(places[0]) <= LINE:
        return [f"{begun} {places[0]}"]
    return [begun, *[f" {place};" for place in places[:-1]], f" {places[-1]}"]


def _places(quoted: str) -> list[str]:
    """The name in places of a line each; no octet is cut."""
    room, places = LINE - len(" filename*00*=utf-8'';"), []
    while quoted:
        end = min(room, len(quoted))
        if end < len(quoted) and "%" in quoted[end - 2 : end]:
            end = quoted.rindex("%", 0, end)
        places.append(quoted[:end])
        quoted = quoted[end:]
    return places
