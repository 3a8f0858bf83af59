"""The blueprint of the pages about means and reach."""

from flask import Blueprint

pages = Blueprint("reach", __name__)
