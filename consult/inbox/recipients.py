"""Pure: which addresses are ours, and when two deliveries are the same message. Works on bytes, so that no mail can stop it."""

import hashlib
import re

LOCAL = re.compile(r"(?:reply|bounce)\+[0-9a-f]{32}|[a-z0-9][a-z0-9-]{0,59}")
ALWAYS = ("consult", "postmaster")
HEADER_BLOCK = 256 * 1024
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
FOLD = re.compile(rb"\r?\n(?=[ \t])")
ADDRESS = re.compile(rb"[A-Za-z0-9.+_-]{1,80}@[A-Za-z0-9.-]{1,255}")
TOLD_BY_DELIVERY = (b"x-original-to", b"delivered-to", b"envelope-to", b"x-envelope-to")
TOLD_BY_SENDER = (b"to", b"cc")


def shape(address: str, domain: str) -> str:
    """The local part if this could be an address of ours , lower case; else empty: reply+…, bounce+…, consult, a group's short name."""
    local, _, where = address.strip().lower().rpartition("@")
    return local if where == domain.lower() and LOCAL.fullmatch(local) else ""


def addressed(raw: bytes, domain: str) -> list[str]:
    """Our addresses in a message whose envelope is lost: what the delivering server noted, else To and Cc; secret ones first."""
    fields = header_fields(raw)
    for names in (TOLD_BY_DELIVERY, TOLD_BY_SENDER):
        found = dict.fromkeys(
            address.lower() for name in names for value in fields.get(name, []) for address in _addresses(value) if shape(address, domain)
        )
        if found:
            return sorted(found, key=lambda address: "+" not in address)
    return []


def envelope_sender(raw: bytes) -> str:
    """Who sent a message whose envelope is lost: its Return-Path, empty for automatic reports."""
    values = header_fields(raw).get(b"return-path", [])
    return next(iter(_addresses(values[0])), "") if values else ""


def digest(raw: bytes, envelope_to: str) -> str:
    """The same for every delivery of one message to one address, however it travelled; different for everything else.

    Made from recipient, Message-ID, From, Date and body; never from the Message-ID alone, which an outsider can know beforehand.
    """
    fields = header_fields(raw)
    blank = BLANK_LINE.search(raw)
    seal = hashlib.sha256(envelope_to.strip().lower().encode("utf-8", "replace"))
    for name in (b"message-id", b"from", b"date"):
        seal.update(b"\0" + b"\1".join(b" ".join(value.split()) for value in fields.get(name, [])))
    body = raw[blank.end() :] if blank else b""
    seal.update(b"\0" + body.replace(b"\r\n", b"\n").rstrip(b"\n"))
    return seal.hexdigest()


def header_fields(raw: bytes) -> dict[bytes, list[bytes]]:
    """The header fields by lower-case name, unfolded, in order; the first 256 kB only."""
    blank = BLANK_LINE.search(raw, 0, HEADER_BLOCK)
    fields: dict[bytes, list[bytes]] = {}
    for line in FOLD.sub(b"", raw[: blank.start() if blank else HEADER_BLOCK]).splitlines():
        name, colon, value = line.partition(b":")
        if colon:
            fields.setdefault(name.strip().lower(), []).append(value.strip())
    return fields


def _addresses(value: bytes) -> list[str]:
    return [found.decode() for found in ADDRESS.findall(value[:16384])]
