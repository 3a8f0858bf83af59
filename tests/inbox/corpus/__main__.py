"""Write every case as a file under tests/inbox/mails, with what is expected of it in expected.json."""

import json
from pathlib import Path

from tests.inbox.corpus import machines, replies, shapes
from tests.inbox.corpus.texts import LETTERS, MARKS

MAILS = Path(__file__).resolve().parents[1] / "mails"


def write(folder: Path = MAILS) -> int:
    """All cases, each with its own name; files that no case makes any more are taken away."""
    cases = [*replies.cases(), *shapes.cases(), *machines.cases()]
    names = [case.name for case in cases]
    assert len(set(names)) == len(names), sorted(name for name in names if names.count(name) > 1)
    folder.mkdir(exist_ok=True)
    for lang, text in LETTERS.items():
        (folder / f"letter.{lang}.txt").write_text(text, encoding="utf-8")
    for case in cases:
        (folder / f"{case.name}.eml").write_bytes(case.raw)
    table = {"marks": MARKS, "mails": {case.name: case.expected for case in sorted(cases, key=lambda case: case.name)}}
    (folder / "expected.json").write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return len(cases)


if __name__ == "__main__":
    print(write(), "mails")
