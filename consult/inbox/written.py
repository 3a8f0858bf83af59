"""Pure: the lines of a mail as they were meant, before anything is asked of them; and where a signature is wrapped around them."""

from consult.inbox.clients import apart

SIGNED, SIGNATURE = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"


def written(body: str) -> list[str]:
    """The lines as they were meant: no blank written out as `&nbsp;`, no `>` that mail servers put before “From”, introductions alone."""
    lines = [part for line in body.split("\n") for part in apart(line)]
    for number, line in enumerate(lines):
        if line.startswith("&nbsp;") and not line.replace("&nbsp;", "").strip():
            lines[number] = ""
        elif line.startswith(">From ") and not any(
            near.startswith(">") for near in (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
        ):
            lines[number] = line[1:]
    return lines


def armour(texts: list[str]) -> list[tuple[int, int]]:
    """The stretches of lines that OpenPGP puts above and below a text that it signs."""
    if SIGNED not in texts:
        return []
    start = texts.index(SIGNED)
    found = [(start, next((number for number in range(start, len(texts)) if not texts[number].strip()), start) + 1)]
    if SIGNATURE in texts[start:]:
        begins = texts.index(SIGNATURE, start)
        ends = next((number + 1 for number in range(begins, len(texts)) if texts[number].startswith("-----END PGP")), len(texts))
        found.append((begins, ends))
    return found
