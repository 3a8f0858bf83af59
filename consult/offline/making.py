"""Making a kit: its pages in the person's language, and all of it in one small file that is the same whenever nothing has changed."""

import base64
import hashlib
import io
import re
import zipfile
from pathlib import Path

from flask import current_app, render_template
from flask_babel import force_locale
from markupsafe import Markup

from consult.offline.answers import HEAD
from consult.offline.codes import MANIFEST, manifest
from consult.offline.gathering import Kit, gather
from consult.people.models import Person
from consult.review.models import Round
from consult.review.rules import TYPES

OPENING_WORDS = 64
SIGNS = {"general": "GE", "substantive": "SUB", "technical": "TE", "editorial": "ED", "translation": "TR"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def kit(on: Round, person: Person, with_comments: bool = True) -> tuple[str, bytes]:
    """The name and the bytes of the kit for this person and round, in their language and zone."""
    of = gather(on, person, with_comments)
    with force_locale(person.language):
        files = {name: content.encode() for name, content in _files(of).items()}
    return f"kit-{of.name}.zip", _packed(f"kit-R{on.id}", files | {MANIFEST: manifest(files).encode()})


def form_text(on: Round, person: Person) -> str:
    """The form as plain text alone, for whoever can get nothing larger."""
    of = gather(on, person, with_comments=False)
    with force_locale(person.language):
        return _form_text(of)


def name_of_answers(of: Kit) -> str:
    """What the file of answers is called."""
    return f"comments-{of.name}.txt"


def _files(of: Kit) -> dict[str, str]:
    return {
        "start.html": _page("start", of),
        "draft.html": _page("draft", of),
        "form.html": _page("form", of, script="kit.js"),
        "form.txt": _form_text(of),
        "README.txt": _text("readme", of),
    }


def _page(name: str, of: Kit, script: str = "") -> str:
    """One page that needs nothing else: style and script stand in it, and its own policy allows these two and nothing from anywhere."""
    style, code = _static("style/kit.css"), _static(f"script/{script}") if script else ""
    policy = f"default-src 'none'; style-src {_allowed(style)}; script-src {_allowed(code) if code else chr(39) + 'none' + chr(39)}"
    page = render_template(
        f"offline/kit/{name}.html", style=Markup(style), script=Markup(code), policy=f"{policy}; base-uri 'none'; form-action 'none'",
        **_shown(of),
    )  # fmt: skip
    return _tight(page)


def _text(name: str, of: Kit) -> str:
    """A plain text, with the line ends that every editor shows."""
    written = render_template(f"offline/kit/{name}.txt", **_shown(of)).strip()
    return re.sub(r"\n{3,}", "\n\n", written).replace("\n", "\r\n") + "\r\n"


def _form_text(of: Kit) -> str:
    return "\ufeff" + _text("form", of)


def _shown(of: Kit) -> dict:
    asked = [kind for kind in TYPES if not of.on.types or kind in of.on.types]
    return {
        "kit": of, "on": of.on, "version": of.on.version, "draft": of.on.version.draft, "person": of.person, "head": HEAD,
        "kinds": [(SIGNS[kind], TYPES[kind]) for kind in asked], "answers": name_of_answers(of), "opening": opening_words,
        "domain": current_app.config["MAIL_DOMAIN"], "type_names": TYPES,
    }  # fmt: skip


def opening_words(piece, most: int = OPENING_WORDS) -> str:
    """How a piece begins, by which a person knows it again."""
    words = " ".join(f"{piece.printed if piece.printed.rstrip('.、． ') != piece.mark else ''} {piece.text}".split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip() + " …"


def _static(name: str) -> str:
    """A style sheet or script of ours, without the remarks that are for us."""
    written = (Path(current_app.static_folder) / name).read_text(encoding="utf-8")
    return _tight(re.sub(r"^//.*\n", "", written, flags=re.MULTILINE).strip())


def _tight(text: str) -> str:
    """Without empty lines, which nobody sees and everybody would carry."""
    return re.sub(r"\n\s*\n", "\n", text)


def _allowed(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def _packed(folder: str, files: dict[str, bytes]) -> bytes:
    """A zip whose bytes depend on what is in it alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            each = zipfile.ZipInfo(f"{folder}/{name}", LONG_AGO)
            each.external_attr, each.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            packed.writestr(each, files[name], compresslevel=9)
    return out.getvalue()
