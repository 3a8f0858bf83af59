"""Pure: a text as a packed file, for those who choose it. The same text always becomes the same bytes."""

import gzip
import io
import re
import zipfile
import zlib

from consult.errors import Refused
from consult.kit.words import N_
from consult.outbox.attaching import Attached

BEST = 9
NO_TEXT = N_("The packed file holds no text that can be read. Send the text itself, as .txt.")
NEVER = (1980, 1, 1, 0, 0, 0)  # the moment that a zip must name and that nobody should read anything into


def packed(text: str, name: str, packing: str) -> Attached:
    """The text as `<name>.txt.gz`, `<name>.zip` or plain `<name>.txt`, as the person's `packing` says: gz, zip or nothing."""
    stem, octets = _stem(name), text.encode("utf-8", "replace")
    if packing == "gz":
        return Attached(f"{stem}.txt.gz", "application/gzip", gzip.compress(octets, BEST, mtime=0))
    if packing == "zip":
        return Attached(f"{stem}.zip", "application/zip", zipped({f"{stem}.txt": octets}))
    return Attached(f"{stem}.txt", "text/plain; charset=utf-8", octets)


def unpacked(content: bytes, most: int) -> bytes:
    """The text in a .gz, or in the first .txt of a .zip, no more than `most` octets of it; refuses what holds none.
    What a stranger sent is only opened in a child process."""
    try:
        if content[:2] == b"\x1f\x8b":
            return zlib.decompressobj(wbits=31).decompress(content, most)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = next(each for each in archive.namelist()[:100] if each.lower().endswith(".txt"))
            with archive.open(name) as text:
                return text.read(most)
    except (zlib.error, zipfile.BadZipFile, StopIteration, RuntimeError, NotImplementedError, EOFError) as error:
        raise Refused(NO_TEXT) from error


def parcel(text: str, how: dict) -> tuple[str, Attached]:
    """A letter's text as what stands in the letter and what is packed; `how`: as (gz, zip), name, how many lines stand above."""
    lines = text.split("\n")
    above, below = lines[: how["lines"]], lines[how["lines"] :]
    return "\n".join(above).rstrip("\n") + "\n", packed("\n".join(below).lstrip("\n"), how["name"], how["as"])


def zipped(files: dict[str, bytes]) -> bytes:
    """These files, by name, as one zip that any computer of the last thirty years opens."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=BEST) as archive:
        for name, octets in files.items():
            entry = zipfile.ZipInfo(name, NEVER)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, octets, compresslevel=BEST)
    return out.getvalue()


def travelling(file: Attached) -> int:
    """How many octets the file takes inside a letter: base64 in lines of 76, without its few header lines."""
    lines, rest = divmod((file.octets + 2) // 3 * 4, 76)
    return lines * 78 + (rest + 2 if rest else 0)


def _stem(name: str) -> str:
    """The name without an ending of a text and without what no file system takes."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', "-", name.removesuffix(".txt")).strip(" .-")[:100] or "text"
