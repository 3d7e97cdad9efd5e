"""feedbuilder: RSS, Atom and JSON feeds for news sites that offer none."""

__version__ = "0.1.0"
