"""A draft set in pages: its text as data for the press, the press run in a child process, and where each paragraph begins."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from consult.errors import Refused
from consult.files import queries as files
from consult.kit.words import N_
from consult.office.images import known
from consult.papers import press
from consult.papers.laying import laid_out, lines_of

SECONDS, MEMORY = 120, 4 * 1024**3
PACKAGES = {"arabic": "fonts-noto-core", "han": "fonts-noto-cjk"}
NO_FONT = N_("This server has no font for the letters of this text. Ask its operator to install the package %(package)s.")
TOO_LONG = N_("Setting the pages took too long, so it was stopped. Take the text in another form, such as Word or plain text.")
NOT_SET = N_("The pages could not be set. The operator finds the cause in the log; take another form meanwhile.")


@dataclass(frozen=True)
class Printed:
    """A document in pages: the PDF, and [page, line, position] of where each paragraph begins."""

    content: bytes
    lines: list[list[int]]
    pages: int


def printed(template: str, head: dict, pieces: Sequence) -> Printed:
    """The PDF of these pieces (rows with kind, level, printed, text, file_id) below `head`; Refused says why there is none."""
    with tempfile.TemporaryDirectory(prefix="consult-press-") as folder:
        where = Path(folder)
        pictures = {piece.file_id: name for piece in pieces if piece.file_id and (name := _picture(piece.file_id, where))}
        try:
            return _pressed(template, {**head, "pieces": laid_out(pieces, pictures)}, where)
        except Refused as refused:
            if not pictures or refused.reason != NOT_SET:
                raise
            return _pressed(template, {**head, "pieces": laid_out(pieces, {})}, where)  # a picture that cannot be read: its words alone


def compiled(template: str, job: dict) -> Printed:
    """The PDF of a job that has all its words in it."""
    with tempfile.TemporaryDirectory(prefix="consult-press-") as folder:
        return _pressed(template, job, Path(folder))


def _pressed(template: str, job: dict, where: Path) -> Printed:
    """What the press makes of a job in that folder."""
    layouts = Path(current_app.root_path) / current_app.template_folder / "papers"
    for name, as_name in ((template, "main.typ"), ("sheet.typ", "sheet.typ")):
        (where / as_name).write_bytes((layouts / name).read_bytes())
    (where / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
    _run(where)
    found = json.loads((where / "found.json").read_text(encoding="utf-8"))
    return Printed((where / "out.pdf").read_bytes(), lines_of(found["pieces"], found["lines"]), found["pages"])


def _run(where: Path) -> None:
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "XDG_DATA_HOME") if name in os.environ}
    program = [sys.executable, "-I", press.__file__, str(SECONDS), str(MEMORY)]
    try:
        done = subprocess.run(program, cwd=where, env=environment, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused(TOO_LONG) from None
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == 0:
        return
    if said.startswith(press.NO_FONT):
        raise Refused(NO_FONT, package=PACKAGES[said.removeprefix(press.NO_FONT)])
    current_app.logger.error("press: ended with %s: %s", done.returncode, said[-2000:])
    raise Refused(NOT_SET)


def _picture(file_id: int, where: Path) -> str:
    """The picture as a file beside the job; empty when it is none of the kinds the press reads, or too large."""
    content = files.content(files.find(file_id))
    image = known(content)
    if image is None:
        return ""
    name = f"{file_id}.{image.kind}"
    (where / name).write_bytes(content)
    return name
