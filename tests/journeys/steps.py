"""What happens in more than one journey: the first officer, passwords, seats, letters."""

import re
from email.message import EmailMessage

from tests.journeys.consulting import Consult, text_of, until
from tests.journeys.reading import Reader

PASSWORD = "mangroves in the rain"
OFFICER = "olga@secretariat.example"
SLUG = "technology"


def first_officer(consult: Consult, olga: Reader) -> Reader:
    """She is made on the command line, asks for a password as anybody does, and sets it through the link in her letter."""
    consult.command("person", "add", "Olga Petrova", OFFICER, "--staff", "--zone", "Europe/Zurich")
    return set_password(consult, olga, OFFICER)


def set_password(consult: Consult, reader: Reader, address: str) -> Reader:
    """By the link of a letter."""
    reader.open("/sign-in")
    reader.follow("I forgot my password, or never had one")
    reader.type("Your e-mail address", address)
    with reader.page.expect_navigation():
        reader.page.locator("main form button[type=submit]").click()
    link = re.search(r"http\S+/l/password/\S+", text_of(consult.letter(address, "/l/password/")))[0]
    reader.open(link)
    reader.type("New password", PASSWORD)
    reader.type("The same once more", PASSWORD)
    reader.press("Set this password")
    return reader.sign_in(address, PASSWORD)


def seat(olga: Reader, address: str, name: str, role: str, means: str) -> None:
    """One more person in the group."""
    olga.open(f"/g/{SLUG}/members")
    olga.type("E-mail address", address)
    olga.type("Name", name)
    olga.choose("Role", role)
    olga.choose("Takes part by", means)
    olga.press("Add to the group")
    assert "is in the group now" in olga.words


def letter_with(consult: Consult, address: str, marks: str) -> EmailMessage:
    """The letter in which all these paragraphs stand, each at the beginning of a line."""

    def found() -> list[EmailMessage]:
        return [letter for letter in consult.letters(address) if all(f"\n[{mark}] " in text_of(letter) for mark in marks)]

    return until(found, f"a letter to {address} with paragraphs {marks}", consult.said)[-1]
