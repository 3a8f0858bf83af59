"""Letters signed in the name of our domain (DKIM, RFC 6376 and 8463), so that receiving servers know that nobody changed or forged them."""

import base64
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from consult.errors import Refused
from consult.kit.words import N_

# What a signature covers where the letter has it. From stands twice: a second From that somebody adds breaks the signature.
COVERED = (
    b"From From To Subject Date Message-ID Reply-To In-Reply-To References MIME-Version Content-Type Content-Transfer-Encoding "
    b"Auto-Submitted List-Id List-Unsubscribe List-Unsubscribe-Post"
).split()
SIGNATURE = 900  # octets that a signature adds to a letter, with an RSA key of 2048 bits; an Ed25519 key takes half
ED25519 = bytes.fromhex("06032b6570")  # the name of the algorithm inside a key file (RFC 8410)
RSA = bytes.fromhex("300d06092a864886f70d0101010500")
UNUSABLE = N_("The DKIM key (CONSULT_DKIM_KEY) cannot be used, so letters wait: %(error)s")


class Unsignable(Refused):
    """The key that letters should be signed with cannot be used; none goes without its signature."""


@dataclass(frozen=True)
class Signer:
    """A key, what it is called in the DNS, and for which domain it speaks."""

    domain: str
    selector: str
    algorithm: str
    key: bytes
    public: bytes
    bits: int

    def header(self, raw: bytes) -> bytes:
        """The DKIM-Signature line of a letter: relaxed, without a length, with the moment of signing."""
        import dkim

        names = {line.partition(b":")[0].lower() for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n")}
        made = dkim.DKIM(raw, signature_algorithm=self.algorithm.encode(), linesep=b"\r\n")
        covered = [name.lower() for name in COVERED if name.lower() in names]
        return made.sign(
            self.selector.encode(), self.domain.encode("idna"), self.key, canonicalize=(b"relaxed", b"relaxed"), include_headers=covered
        )

    @property
    def record(self) -> tuple[str, str]:
        """(the name, the text) of the TXT record to publish."""
        kind = self.algorithm.partition("-")[0]
        return f"{self.selector}._domainkey.{self.domain}", f"v=DKIM1; k={kind}; p={base64.b64encode(self.public).decode()}"


def signed(raw: bytes) -> bytes:
    """The letter with its signature on top; as it is where no key is configured."""
    signer = ours()
    return signer.header(raw) + raw if signer else raw


def allowance() -> int:
    """How many octets of a letter its signature may take."""
    return SIGNATURE if current_app.config["DKIM_KEY"] else 0


def ours() -> Signer | None:
    """The signer of this installation, loaded once a process; None where no key is configured."""
    config, kept = current_app.config, current_app.extensions
    if not config["DKIM_KEY"]:
        return None
    if "dkim" not in kept:
        kept["dkim"] = load(config["DKIM_KEY"], config["DKIM_SELECTOR"], config["DKIM_DOMAIN"] or config["MAIL_DOMAIN"])
    return kept["dkim"]


def load(key: str, selector: str, domain: str) -> Signer:
    """The signer with this key: a path, or the key itself, as `openssl genpkey` or `dknewkey` make them; it is tried at once."""
    try:
        text = (key.replace("\\n", "\n") if key.lstrip().startswith("-----") else Path(key).read_text()).replace("\r\n", "\n").strip()
        signer = _read(text, selector, domain)
        signer.header(b"From: consult@example.org\r\n\r\nTried.\r\n")
    except Exception as error:  # a key is read by a foreign library, which fails in many ways; all of them mean the same
        raise Unsignable(UNUSABLE, error=" ".join(str(error).split())[:200] or type(error).__name__) from error
    return signer


def _read(text: str, selector: str, domain: str) -> Signer:
    body = "".join(line for line in text.split("\n") if not line.startswith("-----"))
    octets = base64.b64decode(body, validate=True)
    if len(octets) == 32 or ED25519 in octets[:20]:
        import nacl.signing

        begins = octets.index(ED25519) + len(ED25519) + 4 if len(octets) > 32 else 0
        seed = octets[begins : begins + 32]
        public = bytes(nacl.signing.SigningKey(seed).verify_key)
        return Signer(domain, selector, "ed25519-sha256", base64.b64encode(seed), public, 256)
    from dkim.crypto import parse_private_key

    parts = parse_private_key(octets)
    number = _der(0x02, _whole(parts["modulus"])) + _der(0x02, _whole(parts["publicExponent"]))
    public = _der(0x30, RSA + _der(0x03, b"\0" + _der(0x30, number)))
    return Signer(domain, selector, "rsa-sha256", _pem(octets), public, parts["modulus"].bit_length())


def _pem(octets: bytes) -> bytes:
    return b"-----BEGIN PRIVATE KEY-----\n" + base64.encodebytes(octets) + b"-----END PRIVATE KEY-----\n"


def _whole(number: int) -> bytes:
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _der(kind: int, content: bytes) -> bytes:
    size = len(content)
    length = (
        bytes([size]) if size < 128 else bytes([0x80 | (size.bit_length() + 7) // 8]) + size.to_bytes((size.bit_length() + 7) // 8, "big")
    )
    return bytes([kind]) + length + content
