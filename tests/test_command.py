"""The `consult` command: examples in each help, one clear line and a non-zero status for what cannot be done."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from consult.cli import main

ROOT = Path(__file__).resolve().parents[1]


def consult(tmp_path, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """The command as a person runs it, on a data folder of its own."""
    given = {k: v for k, v in os.environ.items() if not k.startswith("CONSULT_")} | {"CONSULT_DATA": str(tmp_path)} | environment
    return subprocess.run([sys.executable, "-m", "consult", *arguments], capture_output=True, text=True, env=given, cwd=ROOT, timeout=120)


def commands(group=main, words=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name)


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(words):
    answer = CliRunner().invoke(main, [*words, "--help"])
    assert answer.exit_code == 0 and "Example:" in answer.output or "Example (" in answer.output


@pytest.mark.parametrize(
    ("arguments", "environment", "reason"),
    [
        (("round", "export", "99"), {}, "no such round"),
        (("draft", "import", "missing.txt", "--group", "x", "--title", "x"), {}, "does not exist"),
        (("round", "list"), {"CONSULT_DATABASE_URL": "nonsense"}, "no address of a database"),
        (("round", "list"), {"CONSULT_DATABASE_URL": "mysql://x/y"}, "no address of a database"),
        (("round", "list"), {"CONSULT_PROXIES": "abc"}, "must be a number"),
        (("up",), {"CONSULT_LISTEN": "foo"}, "address and a port"),
        (("backup", "/nonexistent/x.tar.gz"), {}, "No such file"),
        (("person", "add", "Ada", "no-address", "--staff"), {}, "not an e-mail address"),
    ],
)
def test_what_cannot_be_done_ends_with_one_line_and_a_status(tmp_path, arguments, environment, reason):
    done = consult(tmp_path, *arguments, **environment)
    assert done.returncode != 0 and reason in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) <= 4


def test_a_secretariat_begins_from_nothing_at_the_command_line(tmp_path):
    assert consult(tmp_path, "person", "add", "Olga", "olga@env.example", "--staff").returncode == 0
    assert "olga@env.example" in consult(tmp_path, "person", "list").stdout
    assert consult(tmp_path, "doctor").returncode == 0
    assert "database at" in consult(tmp_path, "migrate").stdout


def test_a_round_of_the_example_is_listed_and_exported(tmp_path):
    assert consult(tmp_path, "demo").returncode == 0
    number = consult(tmp_path, "round", "list").stdout.split("\t")[0]
    table = consult(tmp_path, "round", "export", number, "--format", "json").stdout
    rows = json.loads(table)
    assert {row["door"] for row in rows} == {"page", "mail"} and all(row["paragraph"] or row["mark"] == "whole" for row in rows)
    target = tmp_path / "comments.csv"
    assert consult(tmp_path, "round", "export", "--round", number, "--template", "csv", "-o", str(target)).returncode == 0
    assert len(list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))) == len(rows)
    assert consult(tmp_path, "demo").returncode != 0
