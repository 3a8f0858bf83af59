"""Pure: the words of a text, for comparing: one token for each Han or kana sign, one for each word elsewhere."""

import re

_SCRIPT = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_SCRIPT}]|(?:(?![{_SCRIPT}_])\w)+(?:['’](?:(?![{_SCRIPT}_])\w)+)*|\s+|.", re.DOTALL)
_MARKS = re.compile(r"[\u064b-\u0652\u0640]")


def tokens(text: str) -> list[str]:
    """All tokens, white space and punctuation among them; joined they are the text again."""
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """Only the words, in lower case and without Arabic vowel signs: what counts when two paragraphs are likened."""
    return [token for token in _TOKEN.findall(_MARKS.sub("", text).casefold()) if token[0].isalnum()]
