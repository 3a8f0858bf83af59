"""A draft of about 150 pages in each of the six languages as PDF, made by the worker; beside it typst setting the bare words."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from bench.figures import Figure, note, tell
from bench.house import house
from consult.extensions import db
from consult.files import queries as files
from consult.kit import clock
from consult.papers import actions, queries
from tests import make

MOST_SECONDS = 10.0
PAGES = 150
WORDS = {
    "en": "Transfer of technology depends on people who can judge it and on money to adapt it to another place. ",
    "fr": "Le transfert de technologie dépend de personnes capables de la juger et de moyens pour l’adapter ailleurs. ",
    "es": "La transferencia de tecnología depende de personas que puedan juzgarla y de medios para adaptarla a otro lugar. ",
    "ru": "Передача технологии зависит от людей, способных её оценить, и от средств на её приспособление к другому месту. ",
    "zh": "技术转让取决于能够判断技术的人员，也取决于使技术适应当地情况所需的资金。",
    "ar": "يعتمد نقل التكنولوجيا على أشخاص قادرين على الحكم عليها وعلى أموال لتكييفها مع مكان آخر. ",
}
BARE = """#let given = json(bytes(sys.inputs.data))
#set text(font: ("Noto Serif", "Noto Naskh Arabic", "Noto Serif CJK SC"), lang: given.language)
#for words in given.words { par(words) }"""
ALONE = "import sys, typst; typst.compile('main.typ', output='out.pdf', sys_inputs={'data': open('data.json').read()})"


def measure() -> list[Figure]:
    """One line a language, and the memory of the press."""
    with house() as (_app, _env):
        group = make.group()
        officer = make.officer(group)
        make.commit()
        found = [_one(group, officer, language, words) for language, words in WORDS.items()]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [*found, tell(Figure("largest press", most, "MB", bar="for information"))]


def _one(group, officer, language: str, words: str) -> Figure:
    paragraphs = [words * (n % 5 + 3) for n in range(1, (900 if language != "zh" else 1500) + 1)]
    text = "\n\n".join(f"{n}. {each.strip()}" for n, each in enumerate(paragraphs, 1))
    version = make.published(make.draft(group, f"Report {language}", language=language, by=officer), text, officer)
    papers, taken = zip(*(_made(version, officer, lines) for lines in (True, False)), strict=True)
    pages = len(PdfReader(BytesIO(files.content(papers[0].file))).pages)
    bare = _bare(language, paragraphs)
    note(f"{language}: {pages} pages, {papers[0].file.octets / 1e6:.1f} MB, {min(taken):.1f} s; the bare words {bare:.1f} s")
    bar = f"150 pages in at most {MOST_SECONDS:.0f} s"
    return tell(Figure(f"{language}: 150 pages in the worker", min(taken) * PAGES / pages, "s", most=MOST_SECONDS, bar=bar))


def _made(version, officer, lines: bool) -> tuple:
    """The document, and how many seconds the worker took for it."""
    asked = actions.ask(version, "pdf", options={"lines": lines}, by=officer, door="page")
    make.commit()
    start = time.perf_counter()
    actions.make_due(clock.now())
    taken = time.perf_counter() - start
    db.session.expire_all()
    return queries.by_key(asked.key), taken


def _bare(language: str, paragraphs: list[str]) -> float:
    """Seconds for the same words without numbers, lines, headers and labels."""
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        (where / "main.typ").write_text(BARE, encoding="utf-8")
        (where / "data.json").write_text(json.dumps({"language": language, "words": paragraphs}), encoding="utf-8")
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", ALONE], cwd=where, check=True)
        return time.perf_counter() - start
