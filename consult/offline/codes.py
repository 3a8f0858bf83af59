"""Whose kit it is, and whether anybody has changed it: a code for one person and round, and the signature of what the kit holds.

Both are made of the installation's own secret key, so nothing about a kit has to be kept, and nobody else can make one.
"""

import base64
import hashlib
import hmac
import io
import re
import zipfile

from flask import current_app

from consult.errors import Refused
from consult.kit.words import N_
from consult.offline.answers import Head

MANIFEST = "MANIFEST.txt"
LARGEST_KIT = 20_000_000
STRANGE_CODE = N_(
    "The lines at the top of the file were changed: round, version and code do not belong together. Copy them again from the file form.txt "
    "of your kit, or write what you want to say into a letter, each remark with its mark, for example [12]."
)
NO_KIT = N_("This is no offline kit of ours, or a part of it is missing.")
CHANGED = N_("This kit is not as it was made: %(names)s. Do not use it; take a new one.")


def code_of(person_id: int, round_id: int, version: int) -> str:
    """The code that names a person in one round; it stands at the top of the file of answers."""
    return f"{person_id}-{_mark(f'code {person_id} {round_id} {version}')}"


def person_of(head: Head) -> int:
    """The number of the person whose kit a file of answers comes from; Refused when its head is not one of ours."""
    found = re.fullmatch(r"(\d{1,9})-([a-z2-7]{16})", head.code.lower())
    if not found or not hmac.compare_digest(head.code.lower(), code_of(int(found[1]), head.round_id, head.version)):
        raise Refused(STRANGE_CODE)
    return int(found[1])


def manifest(files: dict[str, bytes]) -> str:
    """The list of a kit's files with their SHA-256, signed."""
    listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return f"{listed}signed  {_sign(listed)}\n"


def check_kit(data: bytes) -> None:
    """Whether a kit is still as it was made; Refused says what is not. Nothing of it is unpacked to a disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_KIT:
                raise Refused(NO_KIT)
            held = {each.filename.rpartition("/")[2]: packed.read(each) for each in packed.infolist()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        raise Refused(NO_KIT) from None
    signed = held.pop(MANIFEST, b"").decode("utf-8", "replace")
    if not signed:
        raise Refused(NO_KIT)
    listed, _, signature = signed.rpartition("signed  ")
    if not hmac.compare_digest(signature.encode(), f"{_sign(listed)}\n".encode()):
        raise Refused(CHANGED, names=MANIFEST)
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in listed.splitlines())}
    found = {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    if wrong := sorted(name for name in {*expected, *found} if expected.get(name) != found.get(name)):
        raise Refused(CHANGED, names=", ".join(wrong))


def _mark(what: str) -> str:
    return base64.b32encode(_digest(what)[:10]).decode().lower()


def _sign(listed: str) -> str:
    return _digest(f"manifest\n{listed}").hex()


def _digest(what: str) -> bytes:
    secret = current_app.config["SECRET_KEY"]
    return hmac.digest(secret if isinstance(secret, bytes) else secret.encode(), f"offline kit: {what}".encode(), "sha256")
