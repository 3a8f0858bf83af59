"""Which rows of a file are comments of the round already: entered from a file before, or said there by the same people in these words."""

from flask_babel import force_locale, gettext

from consult.drafts.rules import LANGUAGES
from consult.exchange import keys, queries
from consult.exchange.cells import countries
from consult.exchange.rows import Row
from consult.exchange.word import Known, key_of
from consult.extensions import db
from consult.people.models import Group, Person
from consult.review import queries as review
from consult.review.grammar import responded, written
from consult.review.models import Comment, Round
from consult.review.rules import DISPOSITIONS


class Twins:
    """The standing comments of a round by what they say and where; each is the twin of one row at most."""

    def __init__(self, round_id: int) -> None:
        self.found: dict[tuple, list[tuple[int, set[str]]]] = {}
        self.taken: set[int] = set()
        for row in queries.standing(round_id):
            where = row.paragraph_id or row.location
            who = keys.people(row.name, row.organization or "", row.iso or "", *countries(row.on_behalf_of))
            self.found.setdefault((keys.words(row.text, row.proposed, row.reason), where), []).append((row.id, who))

    def of(self, words: str, paragraph_id: int | None, location: str, who: set[str]) -> int | None:
        """The comment that this row is; None when nobody of these people has said that there."""
        for comment_id, people in self.found.get((words, paragraph_id or location), ()):
            if comment_id not in self.taken and who & people:
                self.taken.add(comment_id)
                return comment_id
        return None


def once(round_id: int, key: str) -> str:
    """What makes a row the same submission whenever its file is entered."""
    return f"import:{round_id}:{key}"


def answer_once(to: Comment, row: Row, author: Person) -> str:
    """What makes an answer in a file the same one when the file comes again."""
    return f"import:{to.id}:{author.id}:{keys.words(row.comment, '', '')}"


def travelled(on: Round) -> Known:
    """The comments, answers and responses that an export of the version carries, by whom and with which words."""
    rows = review.all_on_version(on.version_id)
    threads = review.answers_on_version(on.version_id)
    secretariat = db.session.get(Group, on.group_id).name
    labels = _labels()
    comments = {key_of(row.author, written(row.type, row.text, row.proposed)): row.id for row in rows}
    said = {key_of(answer.author, answer.text) for answered in threads.values() for answer in answered}
    for row in rows:
        for label in labels.get(row.disposition, ()):
            said.add(key_of(secretariat, responded(label, row.response)))
    return Known(comments, frozenset(said))


def _labels() -> dict[str, set[str]]:
    """What each disposition is called in the languages in which files travel."""
    found: dict[str, set[str]] = {}
    for code in LANGUAGES:
        with force_locale(code):
            for disposition, label in DISPOSITIONS.items():
                found.setdefault(disposition, set()).add(gettext(label))
    return found
