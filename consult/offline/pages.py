"""The blueprint of the pages of the offline kit."""

from flask import Blueprint

pages = Blueprint("offline", __name__)
