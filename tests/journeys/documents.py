"""The texts that journeys are made with, what experts say to them, and how one of them answers in Outlook."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from tests.conftest import SHARED
from tests.inbox import clients
from tests.journeys.consulting import reply_to, text_of


@dataclass(frozen=True)
class Document:
    """A text, what it holds, a sentence that version 2 adds to paragraph 5, and what the experts say, by mark."""

    name: str
    path: Path
    language: str
    numbered: int
    sections: int
    added: str
    remarks: dict[str, str]


CHINESE = Document(
    "chinese",
    SHARED / "data" / "cop-8-19.zh.txt",
    "zh",
    52,
    4,
    "请各缔约方在六个月内答复。",
    {
        "1": "请在此提及第16条第5款。",
        "4": "请注明会议的与会者人数。",
        "3": "小岛屿国家收不到磁盘。",
        "5": "我们支持这项建议。",
        "8": "两封通知都没有收到。",
        "7": "请先用电子邮件。",
    },
)
ENGLISH = Document(
    "english",
    Path(__file__).parents[1] / "drafts" / "texts" / "english.txt",
    "en",
    21,
    4,
    "Two answers came after the closing date.",
    {
        "1": "Please say which countries these are.",
        "4": "Two weeks are too long for a laboratory of three people.",
        "3": "Were the examples checked by anybody else?",
        "5": "The ministry had sent an answer that is not counted here.",
        "8": "Books were all we had for ten years, and practice changed.",
        "7": "A course with borrowed equipment is remembered.",
    },
)
DOCUMENTS = [CHINESE, ENGLISH]


def outlook_answer(letter: EmailMessage, name: str, address: str, remarks: dict[str, str], language: str) -> EmailMessage:
    """What Outlook sends when somebody types below the paragraphs: HTML only, nothing marked as quoted."""
    sent = text_of(letter).replace("\r\n", "\n")
    lines = sent.split("\n")
    inserts = []
    for mark, words in remarks.items():
        first = next(at for at, line in enumerate(lines) if line.startswith(f"[{mark}] "))
        last = next(at for at in range(first, len(lines)) if at + 1 == len(lines) or not lines[at + 1].strip())
        inserts.append((last, words))
    answer = EmailMessage()
    answer["From"] = f"{name} <{address}>"
    answer["To"] = reply_to(letter)
    answer["Subject"] = "RE: " + " ".join(letter["Subject"].split())
    answer["Message-ID"] = f"<outlook-{name.split()[0].lower()}@env.example>"
    answer["In-Reply-To"] = letter["Message-ID"]
    answer["Date"] = datetime.now(UTC)
    answer.set_content(clients.outlook_html(sent, inserts, "", lang=language), subtype="html", cte="quoted-printable")
    return answer
