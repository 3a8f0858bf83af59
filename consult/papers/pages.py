"""The blueprint of the pages on which texts are taken along; the modules of views hang their pages on it."""

from flask import Blueprint

pages = Blueprint("papers", __name__)
