"""A case: the bytes of one whole mail, and what must be read out of it."""

import base64
import quopri
from dataclasses import dataclass, field

from tests.inbox.corpus.programs import US
from tests.inbox.corpus.texts import NAMES


@dataclass
class Case:
    """One mail with its name and what is expected of it (only what is named is tested)."""

    name: str
    raw: bytes
    expected: dict = field(default_factory=dict)


def head(name: str, *, sender: str = "", subject: str = "Re: Draft 7: comments", to: str = US, agent: str = "", more: str = "") -> str:
    """The head of a mail up to its content type."""
    lang = name.rpartition(".")[2]
    who = sender or f"{NAMES.get(lang, 'Ada Byron')} <ada@env.example>"
    lines = [
        f"From: {encoded(who)}", f"To: <{to}>", f"Subject: {encoded(subject)}", "Date: Wed, 06 Jan 2027 09:00:00 +0100",
        f"Message-ID: <{name}@env.example>", "In-Reply-To: <r7@consult.example.int>", "MIME-Version: 1.0",
    ]  # fmt: skip
    lines += [f"X-Mailer: {agent}"] if agent else []
    return "\n".join(lines) + "\n" + more


def encoded(text: str) -> str:
    """A header value with whatever is not ASCII as an encoded word."""
    if text.isascii():
        return text
    name, bracket, address = text.partition(" <") if " <" in text else (text, "", "")
    word = base64.b64encode(name.encode()).decode()
    return f"=?utf-8?B?{word}?={bracket}{address}"


def transferred(data: bytes, cte: str) -> bytes:
    """Bytes in a transfer encoding."""
    if cte == "base64":
        return base64.encodebytes(data)
    return quopri.encodestring(data) if cte == "quoted-printable" else data


def part(text: str | bytes, *, kind: str = "text/plain", charset: str = "utf-8", cte: str = "quoted-printable", more: str = "") -> bytes:
    """One part: its head and its content."""
    data = text if isinstance(text, bytes) else text.encode(charset.strip(chr(34)) or "utf-8")
    said = f"Content-Type: {kind}; charset={charset}{more}\n" if charset else f"Content-Type: {kind}{more}\n"
    return said.encode() + f"Content-Transfer-Encoding: {cte}\n\n".encode() + transferred(data, cte)


def several(*parts: bytes, kind: str = "multipart/alternative", mark: str = "=_part_7", more: str = "") -> bytes:
    """Parts in one."""
    body = b"".join(f"--{mark}\n".encode() + each.rstrip(b"\n") + b"\n\n" for each in parts)
    return f'Content-Type: {kind}; boundary="{mark}"{more}\n\n'.encode() + body + f"--{mark}--\n".encode()


def whole(name: str, content: bytes, **more) -> bytes:
    """A whole mail, with the line ends of mail."""
    return (head(name, **more).encode() + content).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
