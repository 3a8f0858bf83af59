"""The blueprint of review's pages; the modules of views hang their pages on it."""

from flask import Blueprint

pages = Blueprint("review", __name__)
