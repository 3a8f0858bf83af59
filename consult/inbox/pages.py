"""The blueprint of the desk's pages and the post page; the modules of views hang their pages on it."""

from flask import Blueprint

pages = Blueprint("inbox", __name__)
