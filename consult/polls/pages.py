"""The blueprint of polls' pages; the modules of views hang their pages on it."""

from flask import Blueprint

pages = Blueprint("polls", __name__)
