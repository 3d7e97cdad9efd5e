"""An article's own page -> what it says of the article: title, dates, authors, picture, tags, text. Pure.

Each field has a module of its own; all of them ask `evidence`, which parses the page once.
`read_article` is asked for at its module: a run that reads none does not load how.
"""

from feedbuilder.article.extra import installed
from feedbuilder.article.statement import addresses, doubt, statement_of

__all__ = ["addresses", "doubt", "installed", "statement_of"]
