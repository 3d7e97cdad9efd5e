"""Serving files on this machine: the local server over the output folder, and what it shares with the newsroom."""

from feedbuilder.web.background import Background
from feedbuilder.web.conditional import Conditions, http_date, is_current
from feedbuilder.web.output_server import output_app

__all__ = ["Background", "Conditions", "http_date", "is_current", "output_app"]
