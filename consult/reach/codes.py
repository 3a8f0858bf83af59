"""Pure: the short code on a printed sheet, by which an officer finds the round and the person it belongs to."""

import re
import unicodedata

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Twenty-three letters that are not taken for digits, nor for each other."""
CODE = re.compile(r"\D*?(\d{1,9})\D+?(\d{1,9})[^A-Za-z]*([A-Za-z])\W*")


def code(round_id: int, person_id: int) -> str:
    """`12-345-K`: the round, the person, and a letter that tells when one digit was misread."""
    return f"{round_id}-{person_id}-{_letter(round_id, person_id)}"


def of_letter(letter_id: int) -> str:
    """`L345-K`: a letter that belongs to no round."""
    return f"L{letter_id}-{_letter(0, letter_id)}"


def letter(typed: str) -> int | None:
    """The number of the letter of such a code; None where it is none."""
    found = re.fullmatch(r"\W*L\W*(\d{1,9})\W*([A-Z])\W*", unicodedata.normalize("NFKC", typed).strip().upper())
    return int(found[1]) if found and found[2] == _letter(0, found[1]) else None


def read(typed: str) -> tuple[int, int] | None:
    """(round, person) of a code as somebody types it from a sheet; None where its letter does not fit."""
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in unicodedata.normalize("NFKC", typed))
    found = CODE.fullmatch(plain.strip())
    if not found:
        return None
    return (int(found[1]), int(found[2])) if found[3].upper() == _letter(found[1], found[2]) else None


def _letter(round_id: object, person_id: object) -> str:
    """Each digit weighs otherwise by its place, so that one wrong digit, or two that changed places, gives another letter."""
    digits = [int(digit) for digit in f"{round_id}0{person_id}"]
    return LETTERS[sum(digit * (at + 2) for at, digit in enumerate(digits)) % len(LETTERS)]
