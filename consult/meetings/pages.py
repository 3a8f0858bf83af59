"""The blueprint of the meetings' pages; the modules of views hang their pages on it."""

from flask import Blueprint

pages = Blueprint("meetings", __name__)
