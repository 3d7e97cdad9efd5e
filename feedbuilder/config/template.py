"""What `feedbuilder init` writes: a configuration to start from, its schema for editors, and what git should ignore."""

from __future__ import annotations

import json

from feedbuilder.config.json_schema import schema

_SCHEMA_LINE = "#:schema ./feedbuilder.schema.json\n"
_BY_HAND = """\
# feedbuilder add URL finds the articles of a page and writes it down here. By hand: three lines marked with <-- make
# your first feed; change them, then try
#     feedbuilder preview first     what would be published, as a table
#     feedbuilder build             write the feeds into ../output
#     feedbuilder run               keep them fresh
# Every key is explained in docs/configuration.md, or by: feedbuilder schema --markdown
"""
_BY_COMMAND = """\
# Which pages are watched, and which feeds are made of them.
#     feedbuilder add URL           finds the articles of a page and writes it down here
#     feedbuilder build             write the feeds into ../output
#     feedbuilder run               keep them fresh
# Every key is explained in docs/configuration.md, or by: feedbuilder schema --markdown
"""
_SITE = """
[site]
title = "My feeds"
# Where readers will find the output folder, and where sites can reach you.
# url = "https://feeds.example.org/"
# contact = "you@example.org"
"""
EXAMPLE_ID = "first"
_EXAMPLE = """
[[source]]
id = "first"                          # permanent: articles are remembered by it
url = "https://news.example/world"    # <-- the section page that lists the articles
timezone = "UTC"                      # <-- the zone the site writes its times in, such as "Europe/Berlin"
tags = ["World News"]                 # each tag becomes a feed: this one output/world-news/

[source.selectors]
item = "article"                      # <-- CSS selector of one article in the list
# All others are found by themselves in most pages; say where if they are not.
# title = ["h2 a@title", "h2 a"]      # alternatives, tried in order; @ reads an attribute
# date = { join = [".day", ".time"] } # two elements, one date
# summary = "p"
"""
_MORE = """
# More sources: further [[source]] tables here, or a file for each.
# include = ["sources/*.toml"] goes to the top, above [site].

# Without [[feed]] tables there is one feed per tag, and "all".
# [[feed]]
# slug = "world-news"
# title = "World News"
# tags = ["World News"]
# exclude = { title = '^Sponsored' }
"""
MORE_SOURCES = _MORE.split("\n")[1]
"""The line above which the first source is written."""

_IGNORED = """\
# What feedbuilder remembers and what it publishes.
/var/
/output/
"""


def starting_config(*, example: bool = True) -> dict[str, str]:
    """Return the files of a new installation: path with forward slashes, relative to its folder, and text.

    The configuration is valid as it is; its one source is an address that no site has (RFC 2606). Without `example`
    it has no source; `add` writes the first.
    """
    parts = (_SCHEMA_LINE, _BY_HAND, _SITE, _EXAMPLE, _MORE) if example else (_SCHEMA_LINE, _BY_COMMAND, _SITE, _MORE)
    return {
        "config/feedbuilder.toml": "".join(parts),
        "config/feedbuilder.schema.json": json.dumps(schema(), indent=2, ensure_ascii=False) + "\n",
        ".gitignore": _IGNORED,
    }


def without_example(text: str) -> str:
    """Return the text of a configuration without the source that `starting_config` made up, if that is untouched.

    It can only fail. Whoever adds a source of their own has no more use for it.
    """
    return text.replace(_BY_HAND, _BY_COMMAND).replace(_EXAMPLE, "") if _EXAMPLE in text else text
