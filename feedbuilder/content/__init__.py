"""A piece of HTML from a page -> the text that feeds carry: clean, safe and complete in itself. Pure.

`clean_html` is the whole of it, for what lists show of their articles as for the articles' own pages. Knows no pages,
no sources and no articles: only the piece, and where it stood.
"""
