"""The verbs of meetings. They stand in planning.py, answering.py, documents.py and composing.py; every door calls them here."""

from consult.meetings.answering import answer, mark_presence, take_back
from consult.meetings.composing import compose_report
from consult.meetings.documents import add_document, adopt_report, change_document, circulate_report, drop_document, send_documents
from consult.meetings.planning import adopt_agenda, announce, cancel, change, come_due, plan, write_agenda

__all__ = [
    "add_document", "adopt_agenda", "adopt_report", "announce", "answer", "cancel", "change", "change_document", "circulate_report",
    "come_due", "compose_report", "drop_document", "mark_presence", "plan", "send_documents", "take_back", "write_agenda",
]  # fmt: skip
