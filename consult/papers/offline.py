"""A version as one page that needs nothing else: to be read without a line, on any device, and quoted from by its marks."""

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from flask import current_app, render_template
from markupsafe import Markup

from consult.files import queries as files
from consult.office.images import TYPES, known

LARGEST_PICTURE = 2_000_000
"""Octets: a larger picture is told by its words, so that the page stays small enough to be carried along."""


def page(head: dict, pieces: Sequence) -> str:
    """The page: no script, nothing fetched from anywhere; its own policy allows its one style sheet and the pictures inside it.

    `head` as making.head_of gives it; `pieces`: rows with kind, level, printed, mark, text, file_id.
    """
    style = (Path(current_app.static_folder) / "style" / "offline.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    shown = {piece.file_id: source for piece in pieces if piece.file_id and (source := _picture(piece.file_id))}
    return render_template("papers/offline.html", head=head, pieces=pieces, pictures=shown, style=Markup(style), policy=policy)


def _picture(file_id: int) -> str:
    """The picture as an address that holds it (RFC 2397); empty for what is none or is too large."""
    file = files.find(file_id)
    if file is None or file.octets > LARGEST_PICTURE:
        return ""
    content = files.content(file)
    image = known(content)
    return f"data:{TYPES[image.kind]};base64,{base64.b64encode(content).decode()}" if image else ""
