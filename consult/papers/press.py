"""Pure: the press. A child process sets one document with typst, within limits of time and memory, and ends.

It is started with its limits as arguments, in a folder that holds `job.json`, `main.typ` and the pictures; it leaves `out.pdf` and
`found.json`, or says on its standard error why it could not. It knows nothing of the house, so that it starts in no time.
"""

import json
import resource
import sys

ARABIC = ("Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", "DejaVu Sans", "Scheherazade New", "KacstBook")
HAN = (
    "Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "AR PL UMing CN",
    "Droid Sans Fallback",
)  # fmt: skip
LATIN = ("Noto Serif", "Libertinus Serif", "DejaVu Serif")
SCRIPTS = {"arabic": (ARABIC, 0x0600, 0x06FF), "han": (HAN, 0x2E80, 0x9FFF)}
"""The scripts that need fonts of their own: the families that have them, best first, and where their characters stand (Unicode)."""

NO_FONT = "no font: "


def fonts(text: str, have: set[str]) -> list[str]:
    """The families to set this text in, best first; raises LookupError with the name of a script that no font here has."""
    chosen = [family for family in LATIN if family in have]
    for script, (families, first, last) in SCRIPTS.items():
        usable = [family for family in families if family in have]
        if not usable and any(first <= ord(sign) <= last for sign in text):
            raise LookupError(script)
        chosen += usable
    return chosen


def press() -> None:
    """Set `main.typ` with the data of `job.json`."""
    import typst

    with open("job.json", encoding="utf-8") as job:
        text = job.read()
    try:
        families = fonts(text, set(typst.Fonts().families()))
    except LookupError as missing:
        sys.exit(NO_FONT + missing.args[0])
    data = json.dumps({**json.loads(text), "fonts": families})
    compiler = typst.Compiler("main.typ", root=".", sys_inputs={"data": data}, package_path="none", package_cache_path="none")
    try:
        compiler.compile(output="out.pdf", pdf_standards=["ua-1"])  # for those who have it read to them
    except typst.TypstError as error:
        if "UA-1" not in str(error):
            sys.exit(str(error)[:2000])
        compiler.compile(output="out.pdf")  # a sign without a letter form, an odd picture: still a good page to look at
    with open("found.json", "w", encoding="utf-8") as out:
        out.write(compiler.query("<found>", field="value", one=True))


if __name__ == "__main__":
    seconds, memory = (int(each) for each in sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    press()
