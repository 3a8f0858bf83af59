"""Which rows of a file are comments of the round already: entered from a file before, or said there by the same people in these words."""

from consult.exchange import keys, queries
from consult.exchange.cells import countries


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
