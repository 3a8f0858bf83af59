"""Pure: who a mail says it is from, believed only when nobody could read its From line in two ways (SECURITY row 1)."""

import re
from dataclasses import dataclass

from consult.inbox.headers import BIDI, Headers, readable
from consult.kit.words import N_

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
DOT_ATOM = rf"{ATOM}(?:\.{ATOM})*"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"({DOT_ATOM})@({LABEL}(?:\.{LABEL})*)")
NAME_ATOM = re.compile(r"[^\x00-\x20()<>@,;:\\\"\[\]\x7f]+")
QUOTED = re.compile(r'"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]|\\[\x20-\x7e])*)"')
ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?\s]*\?=")

NO_FROM = N_("It has no From line.")
SEVERAL = N_("It names more than one sender.")
UNREADABLE = N_("Its From line is not one plain address.")
NOT_ASCII = N_("The address in its From line has letters that only look Latin, or is not ASCII.")
DIRECTION = N_("The name in its From line has marks that turn the reading direction.")
POSING = N_("The name in its From line poses as another address.")
COMMENT = N_("Its From line has a comment in it.")
ROUTE = N_("Its From line has a route address.")
ENCODED_ADDRESS = N_("An encoded word stands in the address of its From line.")


@dataclass(frozen=True)
class Sender:
    """Who a mail is from: the address in lower-case domain only when there are no defects, and a name that is safe to show."""

    address: str | None
    name: str
    defects: tuple[str, ...] = ()

    @property
    def domain(self) -> str | None:
        """The part after the @ of a believed address."""
        return self.address.rpartition("@")[2] if self.address else None


def sender(headers: Headers) -> Sender:
    """The one sender of a mail, or none together with every reason why its From line is not believed (RFC 5322 3.4)."""
    values = headers.all("from")
    if len(values) != 1:
        return Sender(None, readable(values[0]) if values else "", (SEVERAL if values else NO_FROM,))
    try:
        text = values[0].decode("utf-8")
    except UnicodeDecodeError:
        return Sender(None, readable(values[0]), (NOT_ASCII,))
    address, phrase, defect = _mailbox(text)
    name = readable(phrase.encode())
    defects = tuple(found for found in (defect, *_name_defects(text, phrase, name, address)) if found)
    return Sender(None if defects else address, name, defects)


def _mailbox(text: str) -> tuple[str | None, str, str | None]:
    """(address, phrase, defect) of one mailbox: `addr`, `<addr>`, `atoms <addr>` or `"quoted" <addr>`, and nothing else."""
    words, position = [], 0
    while True:
        position = _blank(text, position)
        rest = text[position : position + 1]
        if rest == "<":
            return _angle(text, position, words)
        quoted = QUOTED.match(text, position)
        atom = NAME_ATOM.match(text, position)
        if not quoted and not atom:
            return _bare(text, words, rest)
        found = quoted or atom
        words.append(re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else atom[0])
        position = found.end()


def _blank(text: str, position: int) -> int:
    while text[position : position + 1] in (" ", "\t"):
        position += 1
    return position


def _angle(text: str, position: int, words: list[str]) -> tuple[str | None, str, str | None]:
    phrase, rest = " ".join(words), text[position + 1 :]
    inside, closed, after = rest.partition(">")
    if after.strip(" \t"):
        return None, phrase, SEVERAL if after.strip(" \t").startswith(",") else UNREADABLE
    if inside.startswith("@"):
        return None, phrase, ROUTE
    return (*_checked(inside if closed else ""), phrase)[0], phrase, _checked(inside if closed else "")[1]


def _bare(text: str, words: list[str], stop: str) -> tuple[str | None, str, str | None]:
    """No angle brackets: the whole line must be the address itself."""
    address, defect = _checked(text.strip(" \t"))
    if address:
        return address, "", None
    reasons = {"(": COMMENT, ",": SEVERAL, "@": POSING if "<" in text else defect}
    return None, " ".join(words), reasons.get(stop) or defect


def _checked(inside: str) -> tuple[str | None, str | None]:
    if not inside.isascii():
        return None, NOT_ASCII
    if ENCODED.search(inside) or "=?" in inside:
        return None, ENCODED_ADDRESS
    found = ADDRESS.fullmatch(inside)
    if not found or len(inside) > 254 or len(found[1]) > 64:
        return None, COMMENT if "(" in inside else UNREADABLE
    return f"{found[1]}@{found[2].lower()}", None


def _name_defects(text: str, phrase: str, name: str, address: str | None):
    if BIDI.search(text):
        yield DIRECTION
    if "=?" in text and not _words_stand_alone(text):
        yield ENCODED_ADDRESS
    shown = name.replace("\uff20", "@").replace("\ufe6b", "@")
    poses = "@" in shown.partition(" ")[0] or ("@" in shown and re.search(r"[,;<>]", shown))
    if poses and shown.strip("<>'\" ").lower() != (address or "").lower():
        yield POSING


def _words_stand_alone(text: str) -> bool:
    """Encoded words may stand only in the name, each between blanks: nobody may read one as part of the address."""
    outside = ENCODED.sub(lambda found: " " * len(found[0]), text)
    neighbours = all(
        text[max(found.start() - 1, 0)] in " \t=" and text[found.end() : found.end() + 1] in " \t" for found in ENCODED.finditer(text)
    )
    return "=?" not in outside and neighbours
