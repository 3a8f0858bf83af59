"""The catalogues: gathers the sentences to translate, brings every language up to date and compiles it. `make messages` runs it.

French holds every sentence, those without a translation empty at their place; the other languages hold what is translated so far,
and the rest is read in English. The compiled files are kept beside the others, so that nothing needs to be built to run.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
COMPLETE = ("fr",)
LANGUAGES = ("ar", "es", "fr", "ru", "zh")
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "_l": None, "lazy_gettext": None}


def gathered() -> Catalog:
    """Every sentence that stands in the code and the templates, as babel.cfg says where to look."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")
    found = Catalog()
    for _, _, sentence, _, context in extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_looked_into):
        if sentence:
            found.add(sentence, context=context)
    return found


def _looked_into(folder: str | Path) -> bool:
    inside = Path(folder).absolute().relative_to(ROOT).parts
    return not inside or inside[0] in ("consult", "templates")


def po(language: str) -> Path:
    """The file with the translations into that language."""
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    """The translations into that language as they are written down."""
    with po(language).open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(language: str, template: Catalog) -> Catalog:
    """The same translations for the sentences there are now; what nobody says any more is left out."""
    old = read(language)
    new = _empty(old)
    for message in template:
        known = old.get(message.id)
        if message.id and (language in COMPLETE or known is not None and whole(known)):
            new.add(message.id, known.string if known is not None and known.pluralizable == message.pluralizable else "")
    return new


def _empty(like: Catalog) -> Catalog:
    """A catalogue with that one's head and nothing in it; its dates stay, so that the same sentences give the same file."""
    said = {"project": "Consult", "version": "1", "msgid_bugs_address": "Consult", "last_translator": "Consult", "language_team": "Consult"}
    dates = {"creation_date": like.creation_date, "revision_date": like.revision_date}
    return Catalog(like.locale, fuzzy=False, header_comment=like.header_comment, **said, **dates)


def whole(message: Message) -> bool:
    """Whether a sentence is translated, in each of its plural forms."""
    return all(message.string) if message.pluralizable else bool(message.string)


def compiled(catalog: Catalog) -> bytes:
    """What the program reads. A sentence with a plural form missing is left out, because English has rules of its own."""
    kept = _empty(catalog)
    for message in catalog:
        if message.id and whole(message):
            kept.add(message.id, message.string)
    made = BytesIO()
    write_mo(made, kept)
    return made.getvalue()


def main() -> int:
    """Bring every catalogue up to date and compile it; say what French still lacks."""
    template, lacking = gathered(), 0
    for language in LANGUAGES:
        catalog = brought_up_to_date(language, template)
        with po(language).open("wb") as file:
            write_po(file, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
        po(language).with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [message.id for message in catalog if message.id and not whole(message)]
        print(f"{language}: {len(catalog) - len(missing)} of {len(template)} sentences")
        lacking += len(missing)
        for sentence in missing:
            print(f"  not translated in {po(language).relative_to(ROOT)}: {sentence}")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
