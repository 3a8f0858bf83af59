"""One browser of one person, which keeps everything that came back."""

import io
import re
import zipfile

from pypdf import PdfReader

from consult.extensions import db, transaction
from consult.people import sessions


def _words(answer) -> str:
    """What an answer says; of a packed file what stands in each file of it, of a PDF what stands on its pages."""
    if answer.data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages)
    if not answer.data.startswith(b"PK"):  # a zip, and Word and Excel files are zips too
        return answer.data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        return "\n".join(packed.read(each).decode("utf-8", "replace") for each in packed.infolist())


class Browser:
    """Asks as one person (None: a visitor)."""

    def __init__(self, app, person=None) -> None:
        self.app, self.client = app, app.test_client()
        if person is not None:
            db.session.commit()
            with transaction():
                secret = sessions.begin(person)
            self.client.set_cookie(app.config["SIGN_IN_COOKIE"], secret, domain=app.config["SERVER_NAME"])

    def ask(self, method: str, url: str, **more):
        """The answer, and everything in it (status line, headers, body) in one text."""
        db.session.commit()
        with self.app.app_context():
            answer = self.client.open(url, method=method, buffered=True, **more)
        db.session.expire_all()
        return answer, f"{answer.status}\n{answer.headers}\n{_words(answer)}"

    def status(self, method: str, url: str, **more) -> int:
        """Just the status."""
        return self.ask(method, url, **more)[0].status_code

    def send(self, url: str, expect: int = 303, **fields):
        """Send a form with a good token."""
        answer, whole = self.ask("POST", url, data={"csrf_token": self.token(), **fields})
        words = re.sub(r"<[^>]+>|\s+", " ", whole)[-900:]
        assert answer.status_code == expect, f"POST {url}: {answer.status} {words}"
        return answer, whole

    def token(self) -> str:
        """A good form token of this browser."""
        _, page = self.ask("GET", "/sign-out")
        return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]

    def cookie(self) -> str:
        """The secret that says who this is; empty for nobody."""
        found = self.client.get_cookie(self.app.config["SIGN_IN_COOKIE"], domain=self.app.config["SERVER_NAME"])
        return found.value if found else ""
