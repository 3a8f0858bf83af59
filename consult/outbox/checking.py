"""Pure: the last look at a letter's bytes before they leave. A letter that is not what it should be stays here, with the reason."""

import re

from consult.kit.words import N_

LONGEST_LINE = 998
ONCE = (b"From", b"To", b"Subject", b"Date", b"Message-ID", b"MIME-Version", b"Content-Type", b"Auto-Submitted", b"X-Consult-Loop")
EXPECTED = frozenset(ONCE) | {
    b"DKIM-Signature",
    b"Reply-To",
    b"Content-Transfer-Encoding",
    b"X-Auto-Response-Suppress",
    b"In-Reply-To",
    b"References",
    b"List-Id",
    b"List-Help",
    b"List-Unsubscribe",
    b"List-Unsubscribe-Post",
    b"List-Post",
    b"List-Owner",
    b"List-Archive",
}
NEVER_ENCODED = frozenset(EXPECTED) - {b"From", b"To", b"Subject", b"List-Id"}
ATEXT = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = rb"%s(?:\.%s)*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?" % (ATEXT, ATEXT)
ONE_MAILBOX = re.compile(rb'(?:(?:"(?:[^"\\]|\\.)*"|[^<>,;:@"()\\]*) )?<%s>|%s' % (ADDRESS, ADDRESS))
FOLD = re.compile(rb"\r\n(?=[ \t])")

LINE_ENDS = N_("It has line ends or NUL characters where none may be.")
TOO_LONG = N_("It has a line of more than 998 octets.")
NOT_ASCII = N_("It has characters beyond ASCII outside of encoded parts.")
STRANGE_HEADER = N_("It has a header that letters do not have.")
MISSING_HEADER = N_("A header that must be there once is missing or doubled.")
NOT_ONE_PERSON = N_("It is not addressed to exactly one e-mail address that can be written to.")
ENCODED = N_("A header that machines read is encoded.")
EMPTY_FOLD = N_("A header has an empty line in it.")


def check(raw: bytes) -> list[str]:
    """What is wrong with these bytes as a letter to one person; nothing for every letter that may go."""
    rest = raw.replace(b"\r\n", b"")
    faults = []
    if b"\r" in rest or b"\n" in rest or b"\0" in raw:
        faults.append(LINE_ENDS)
    if max(map(len, raw.split(b"\r\n"))) > LONGEST_LINE:
        faults.append(TOO_LONG)
    if not raw.isascii():
        faults.append(NOT_ASCII)
    return faults + _header_faults(raw.partition(b"\r\n\r\n")[0])


def _header_faults(block: bytes) -> list[str]:
    lines = block.split(b"\r\n")
    if any(not line.strip() for line in lines):
        return [EMPTY_FOLD]
    fields = [line.partition(b":") for line in FOLD.sub(b"", block).split(b"\r\n")]
    names = [name for name, _, _ in fields]
    faults = []
    if not set(names) <= EXPECTED or len(set(names)) != len(names):
        faults.append(STRANGE_HEADER)
    if any(names.count(name) != 1 for name in ONCE):
        faults.append(MISSING_HEADER)
    values = {name: value.strip() for name, _, value in fields}
    if not all(ONE_MAILBOX.fullmatch(values.get(name, b"")) for name in (b"From", b"To")):
        faults.append(NOT_ONE_PERSON)
    if any(b"=?" in value and b"?=" in value for name, value in values.items() if name in NEVER_ENCODED):
        faults.append(ENCODED)
    return faults
