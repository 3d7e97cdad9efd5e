"""An article's own page -> what it says of the article: title, dates, authors, picture, tags, text. Pure.

Each field has a module of its own; all of them ask `evidence`, which parses the page once.
"""

from feedbuilder.article.read_article import read_article
from feedbuilder.article.statement import addresses, doubt, statement_of

__all__ = ["addresses", "doubt", "read_article", "statement_of"]
