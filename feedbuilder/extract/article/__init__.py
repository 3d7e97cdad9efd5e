"""An article's own page -> what it says of the article: title, dates, authors, picture, tags, text. Pure.

Each field has a module of its own; all of them ask `evidence`, which parses the page once.
"""

from feedbuilder.extract.article.read import read_article

__all__ = ["read_article"]
