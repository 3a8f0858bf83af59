"""The blueprint of the tasks' pages."""

from flask import Blueprint

pages = Blueprint("tasks", __name__)
