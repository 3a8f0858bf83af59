"""Consult: the table around which an expert group sits when half of its members have only e-mail."""


def create_app(settings: dict | None = None):
    """The application with every room connected: the only place that knows them all."""
    from flask import Flask

    from config import ROOT
    from config import settings as read_settings
    from consult import rooms
    from consult.extensions import connect

    app = Flask("consult", root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.update(read_settings() if settings is None else settings)
    app.config["DATA"].mkdir(parents=True, exist_ok=True)
    connect(app)
    rooms.connect(app)
    return app
