"""Forms: what a person types, checked and handed to a verb, and the verb's refusal told beside the form."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from consult.errors import Refused
from consult.extensions import db
from consult.kit.words import Words


class Form(FlaskForm):
    """What every form inherits. Labels are `lazy_gettext`, so that each person reads them in their own language."""


@contextmanager
def told(form: Form) -> Iterator[None]:
    """Do a verb; when a rule refuses, nothing of it is kept and the reason stands above the form."""
    try:
        with db.session.begin_nested():
            yield
    except Refused as refused:
        form.form_errors.append(translated(refused))


def translated(refused: Refused) -> str:
    """The reason of a refusal in the reader's language, with its values filled in."""
    return gettext(refused.reason, **{name: in_words(value) for name, value in refused.values.items()})


def in_words(value: object) -> object:
    """Words that fill a place in a sentence, listed in the reader's language; anything else as it is."""
    return gettext(", ").join(gettext(word) for word in value) if isinstance(value, Words) else value


def choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """What can be chosen in a field, from (value, label) pairs."""
    return [SelectChoice(value, label) for value, label in pairs]
