"""Who hears of comments that came in a file: of a few in full, of very many how many they are."""

from consult.exchange import entering
from consult.extensions import transaction
from tests import make
from tests.alerts.post import letters, work
from tests.exchange.bring import bring, take

FILE = b"para,comment,country\n1,Seeds are missing.,Kenya\n2,So is water.,Chad\n"


def brought(app) -> tuple:
    """A group in which one reads at once, and the officer enters a file of two comments."""
    with transaction():
        group = make.group()
        olga = make.member(group, make.person("Olga"), "officer")
        ada = make.member(group, make.person("Ada", rhythm="at-once"))
        asked = make.round(make.published(make.draft(group, by=olga), by=olga), by=olga)
        make.read_by_all()
    take(bring(asked, FILE, "c.csv", olga), olga)
    return ada, asked


def test_a_few_comments_of_a_file_are_read_by_mail(app):
    ada, _ = brought(app)
    work()
    told = "\n".join(letter.text for letter in letters(ada))
    assert "Seeds are missing." in told and "So is water." in told and "Kenya" in told


def test_of_very_many_it_is_told_how_many(app, monkeypatch):
    monkeypatch.setattr(entering, "MOST_IN_FULL", 1)
    ada, asked = brought(app)
    work()
    (letter,) = letters(ada)
    assert f"2 comments came in a file on “{asked.title}”." in letter.text
