"""Pure: how people name a paragraph in their mails: as on any page or sheet (`review/marks.py`)."""

from consult.review.marks import PROPOSED, Named, kind_of, known_marks, named, normal, placed, question

__all__ = ["PROPOSED", "Named", "kind_of", "known_marks", "named", "normal", "placed", "question"]
