"""Finding the files that were kept."""

from pathlib import Path

from flask import current_app

from consult.errors import NotFound
from consult.extensions import db
from consult.files.models import File
from consult.kit.words import N_


def place(sha256: str) -> Path:
    """Where content of that SHA-256 (64 hex digits) lies, whether or not it is there yet."""
    return current_app.config["DATA"] / "files" / sha256[:2] / sha256


def find(file_id: int | None) -> File | None:
    """The file of that number, or None."""
    return db.session.get(File, file_id) if file_id is not None else None


def content(file: File) -> bytes:
    """The bytes of a file as they were brought; NotFound when the store has lost them."""
    return octets_of(file.sha256, file.name)


def octets_of(sha256: str, name: str) -> bytes:
    """The bytes that have this hash; NotFound, with the name of the file, when the store has lost them."""
    try:
        return place(sha256).read_bytes()
    except FileNotFoundError:
        missing = N_("The file %(name)s is missing from the store. Ask the operator to restore it from a backup.")
        raise NotFound(missing, name=name) from None
