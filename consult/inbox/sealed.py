"""Pure: mail whose words nobody here can open, and what its writer can do about it."""

from collections.abc import Iterable

from consult.kit.words import N_

ENCRYPTED = N_(
    "It is encrypted, and nobody here can open it. Send it again without encryption; what is said in a round is for the whole group anyway."
)
ONLY_OUTLOOK = N_(
    "Its words came in a file called winmail.dat, which only Outlook can read. Set the format of your letters to plain text or HTML "
    "and send it again."
)
ARMOUR = "-----BEGIN PGP MESSAGE-----"
ENCRYPTED_TYPES = {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
TNEF_TYPES = {"application/ms-tnef", "application/vnd.ms-tnef"}


def why_sealed(own: str, types: Iterable[str]) -> str | None:
    """Why the words of a mail cannot be read, by its own text and the types of its files; None when they can, or when there are others."""
    types = {each.lower() for each in types}
    if own.lstrip().startswith(ARMOUR) or not own and types & ENCRYPTED_TYPES:
        return ENCRYPTED
    return ONLY_OUTLOOK if not own and types & TNEF_TYPES else None
