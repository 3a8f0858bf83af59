"""A person's browser, seen from another process: it keeps cookies, sends forms, and knows when no answer came."""

import http.client
import re
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Browser:
    """Opens pages of one site at a port of this machine. No answer (the server died) is None."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}

    def get(self, path: str) -> tuple[int, str, str] | None:
        """Status, address it leads to, and the page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str] | None:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields))

    def token(self, path: str) -> str | None:
        """The token of the form on that page."""
        answer = self.get(path)
        found = TOKEN.search(answer[2]) if answer else None
        return found.group(1) if found else None

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str] | None:
        site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Connection": "close"}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{self.port}{path}"}
        try:
            site.request(method, path, body, headers)
            answer = site.getresponse()
            page = answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            site.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), page
