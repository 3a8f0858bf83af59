"""The remarks of a letter, said in the round; one that an earlier letter of the same person brought already counts once."""

import hashlib
from dataclasses import replace
from datetime import datetime

from consult.errors import Refused
from consult.inbox.results import Result
from consult.people.models import Person
from consult.review import actions as review
from consult.review.actions import Saying
from consult.review.models import Comment, Round

OF_LETTERS = ("mail:", "said:")
"""How the names of submissions begin that remarks in letters have, and those in files have not."""


def say(
    on: Round, said: list[Saying], result: Result, *, author: Person, by: Person, verified: bool, at: datetime
) -> list[Comment | Refused | None]:  # fmt: skip
    """For each remark the comment it became, or why it became none; None where it stands already, which is noted in the result.

    What was withdrawn since may be said again. A second remark in the same words in one letter is meant as one."""
    how = {"author": author, "by": by, "verified": verified, "door": "mail", "at": at}
    before, named = on.comments_made, _named(on, said, author)
    became: list[Comment | Refused | None] = [*review.comment_all(on, named, **how)]
    again = [place for place, made in enumerate(became) if isinstance(made, Comment) and made.withdrawn_at is not None]
    if again:
        for place, made in zip(again, review.comment_all(on, [said[place] for place in again], **how), strict=True):
            became[place] = made
    for place, made in enumerate(became):
        if isinstance(made, Comment) and made.number <= before and place not in again:
            result.twice.append(made)
            became[place] = None
    return became


def _named(on: Round, said: list[Saying], author: Person) -> list[Saying]:
    """Each under a name made of what it says and where; the second of two alike in one letter keeps that of the letter."""
    seen: set[str] = set()
    named = []
    for each in said:
        told = "\0".join(
            (str(each.paragraph.id if each.paragraph else 0), each.type, " ".join(each.text.split()), " ".join(each.proposed.split()))
        )
        name = f"said:{on.id}:{author.id}:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}"
        named.append(each if name in seen else replace(each, once=name))
        seen.add(name)
    return named
