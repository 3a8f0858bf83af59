"""What every answer carries and which requests are heard at all: content policy, caching, hosts, compression."""

from flask import Flask, Response, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from consult.extensions import compress, csrf
from consult.web import origin

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
FOR_EVER = "public, max-age=31536000, immutable"
TEXT_TYPES = ["text/html", "text/css", "text/plain", "text/csv", "text/javascript", "application/json", "image/svg+xml"]
LOCAL = ["127.0.0.1", "localhost"]


def init_app(app: Flask) -> None:
    """Set up hosts, compression, the guard against forged forms, and the headers of every answer."""
    app.config.update(_settings(app.config))
    app.after_request(_headers)
    csrf.init_app(app)
    origin.init_app(app)
    compress.init_app(app)
    if app.config["PROXIES"]:
        count = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
    app.wsgi_app = _ConfiguredScheme(app.wsgi_app, app.config["PREFERRED_URL_SCHEME"])


def _settings(config: dict) -> dict:
    host = config["SERVER_NAME"].partition(":")[0]
    return {
        "TRUSTED_HOSTS": LOCAL if host in LOCAL else [host],
        # We tell browsers to send no referrer, so a form cannot be asked for one.
        "WTF_CSRF_SSL_STRICT": False,
        # A form stays good as long as its session: on a slow line a comment may take an evening.
        "WTF_CSRF_TIME_LIMIT": None,
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_ALGORITHM_STREAMING": ["br", "gzip"],
        "COMPRESS_MIMETYPES": TEXT_TYPES,
        "COMPRESS_MIN_SIZE": 500,
    }


def _headers(response: Response) -> Response:
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint == "static" and response.status_code < 400:
        if request.args.get("v"):
            response.headers["Cache-Control"] = FOR_EVER
        return response
    if "private" not in response.headers.get("Cache-Control", ""):
        response.headers["Cache-Control"] = "no-store"
    response.vary.add("Cookie")
    return response


class _ConfiguredScheme:
    """Links begin as the configured address does, whatever the proxy in front of us speaks."""

    def __init__(self, app, scheme: str) -> None:
        self.app, self.scheme = app, scheme

    def __call__(self, environ: dict, start_response):
        environ["wsgi.url_scheme"] = self.scheme
        return self.app(environ, start_response)
