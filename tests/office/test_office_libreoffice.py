"""Every export opens in LibreOffice without a question, says there what it says here, and no formula in it is ever computed."""

import csv
import io
import shutil
import subprocess

import pytest

from consult.exchange import cells, exporting
from consult.exchange.templates import TEMPLATES
from tests.exchange.test_exchange_round_trip import NASTY, ROWS, written

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice), which is not here"),
]


def opened(tmp_path, data: bytes, form: str, into: str) -> bytes:
    """The file as LibreOffice gives it out again; a file it will not open gives nothing."""
    (tmp_path / f"c.{form}").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    target = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "txt": "txt:Text (encoded):UTF8"}[into]
    command = [
        "soffice",
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        target,
        "--outdir",
        str(tmp_path / "out"),
        str(tmp_path / f"c.{form}"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    made = tmp_path / "out" / f"c.{into}"
    assert made.exists(), done.stderr
    assert "Error" not in done.stderr and "repair" not in done.stderr.lower()
    return made.read_bytes()


@pytest.mark.parametrize("code", [code for code, template in TEMPLATES.items() if "xlsx" in template.forms])
def test_a_workbook_shows_the_very_words(tmp_path, code):
    template = TEMPLATES[code]
    shown = list(csv.reader(io.StringIO(opened(tmp_path, written(ROWS, code, "xlsx"), "xlsx", "csv").decode("utf-8-sig"))))
    here = {cell.strip() for row in shown for cell in row}
    for row in ROWS:
        for cell in cells.as_cells(row, template):
            assert " ".join(cell.split()) in {" ".join(each.split()) for each in here}, cell


@pytest.mark.parametrize("code", [code for code, template in TEMPLATES.items() if "docx" in template.forms])
def test_a_document_shows_the_very_words(tmp_path, code):
    shown = " ".join(opened(tmp_path, written(ROWS, code, "docx"), "docx", "txt").decode().split())
    for row in ROWS:
        assert " ".join(row.comment.split()) in shown


def test_a_csv_computes_nothing(tmp_path):
    rows = [row for row in ROWS if row.proposed in NASTY]
    shown = opened(tmp_path, written(rows, "csv", "csv"), "csv", "csv").decode("utf-8-sig")
    assert "#NAME?" not in shown and "Err:" not in shown
    assert "=1+1" in shown and "=HYPERLINK" in shown


def test_a_sheet_of_an_arabic_draft_runs_from_the_right():
    out, about = io.BytesIO(), exporting.About()
    about.right_to_left = True
    exporting.write(((row, {}) for row in ROWS), TEMPLATES["ipbes"], "xlsx", out, about)
    from openpyxl import load_workbook

    assert load_workbook(out).active.sheet_view.rightToLeft
