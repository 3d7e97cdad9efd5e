"""The texts of the configuration reference around its tables: rules that concern more than one key."""

from __future__ import annotations

from collections.abc import Mapping

INTRODUCTION = """\
# Configuration

<!-- Made by `feedbuilder schema --markdown` from the models in feedbuilder/model and the words in
feedbuilder/config/reference_texts.py; change those. -->

feedbuilder reads one [TOML](https://toml.io) file: the one that `-c` names, else the one that the environment variable
`FEEDBUILDER_CONFIG` names, else `config/feedbuilder.toml`, else `feedbuilder.toml` in the working folder.
`feedbuilder add URL` writes a source into it, and the file itself where there is none; `feedbuilder init` writes one to
start from, `feedbuilder check` says what is wrong with yours.

```toml
[site]
title = "News of the region"
url = "https://feeds.example.org/"
contact = "news@example.org"

[[source]]
id = "town-hall"
url = "https://town.example/news"
timezone = "Europe/Berlin"
tags = ["Town", "Politics"]

[source.selectors]
item = "article.card"
title = ["h2 a@title", "h2 a"]
date = { join = [".day", ".time"] }
```

**Durations** carry their unit: `"90s"`, `"30m"`, `"6h"`, `"7d"`, `"2w"`, `"1h 30m"`. **Sizes** are texts such as
`"5MB"` (5,000,000 bytes) or `"512KiB"`; a bare number is bytes. **Regular expressions** are Python's, searched for
anywhere in the text, in either case; write them in single quotes, where TOML leaves backslashes alone. **Time zones**
are IANA names. **Relative paths** are relative to the folder of the configuration file.

**Secrets** stay in the environment: `${NAME}` in any text is replaced by that variable, and it is a mistake if the
variable is not set. No other form is known (no `$NAME`, no default values); `$${` stands for the characters `${`. Keys
are left alone. Messages and logs never show what a variable holds.

**Mistakes** are told all at once, each with its file, line, table and key, what was found and what is allowed:

```
config/feedbuilder.toml:14: [[source]] "world": unknown key "timezome"; did you mean "timezone"?
config/sources/a.toml:3: [[source]] "a": interval = true: expected a duration with its unit, such as "90s", "30m"…
```

While `feedbuilder run` is running, a changed file is taken up when it is valid; until then the old one stays in force
and the log says what is wrong.

**Editors** complete and check the file with the JSON Schema that `feedbuilder schema` prints: name it in the first
line, as in `#:schema ./feedbuilder.schema.json` (Taplo, Even Better TOML). `feedbuilder init` does both for you.
"""

BEFORE: Mapping[str, str] = {
    "ConfigDocument": (
        "Keys that stand before the first table. An included file holds `[[source]]` and `[[feed]]` only. A name\n"
        "without a wildcard must exist; a wildcard that matches nothing is a warning. Hidden files are left out."
    ),
    "TagRules": (
        "Tags are one tag where they differ in case, in spaces or by a `#` only; entries show the most common\n"
        "spelling, that of the configuration before all others. What else is one tag, and what is none, stands here.\n"
        "It holds for items that are known already too."
    ),
    "Login": (
        'One for each login, under a name that sources give: `login = "club"` for `[logins.club]`. All of them share\n'
        "its session. Which keys it needs its kind says: a form `url` and `fields`, basic and digest `user` and\n"
        "`password`, bearer `token`, cookies `cookies`. Secrets come from the environment; what is written out is\n"
        "refused. See the recipe [Behind a login](recipes.md#behind-a-login)."
    ),
    "Request": ("It makes the request of a source a POST. See the recipe [An API](recipes.md#an-api)."),
    "Defaults": "What holds for every source; a source's own key counts instead, its `headers` are added to these.",
    "Source": "One for each section page, as many as you like.",
    "Selectors": (
        "CSS selectors. Only `item` is required, and not even that with `from`. A selector picks an element and\n"
        "reads its text; with `@` and a name at the end it reads that attribute. Several in a list are alternatives,\n"
        "tried in order until one gives a text. What begins with `xpath:` is XPath: `xpath:.//h2/a/@href`. A field\n"
        "that is not found is left out; it never loses the item."
    ),
    "ArticleSelectors": (
        "Selectors for the articles' own pages, written as those above. They are for pages on which\n"
        "`feedbuilder article URL` shows something wrong; a field that has one is read from there alone."
    ),
    "Reading": "A field of `[source.selectors]` may be a table instead of a selector, or a list of both.",
    "Step": (
        "A name of one that needs nothing more, or a table with one key, beside which `with` and `take` may stand.\n"
        "A text that nothing is left of goes no further; `default` stands in where none is left."
    ),
    "Feed": 'One for each feed. Without any, there is one feed per tag of the sources, and "all".',
    "TagChoice": (
        "Either a list, which is short for `any`, or a table. Spelling does not matter: `#World News` is\n`world news`."
    ),
    "Choice": "Either a list of ids, which is short for `any`, or a table.",
    "EntryRules": (
        "How this feed words its entries; what is remembered of them, and other feeds, stay as they are. Each is a\n"
        "template, or a table with one and with steps."
    ),
    "Filter": (
        "At a source they choose among the articles that are new, once its list was read, limited and believed; at a\n"
        "feed, among all that is remembered. Patterns are regular expressions, one or a list of which one must match.\n"
        "A part that the site does not give matches nothing. What was left out, and by which part, is told of a\n"
        "source by `feedbuilder preview`, of feeds by `feedbuilder items --explain`, and by the\n"
        "studio while a feed is made."
    ),
}
"""What stands between a section's heading and its table."""

AFTER: Mapping[str, str] = {
    "TagRules": """\
```toml
[tags]
aliases = { "World News" = ["Worldnews", "Int'l"] } # the name to show, and what else it is called
drop = ["News", "Breaking"]
```

Feeds may ask for a tag by any of its names, and for none that is dropped.""",
    "Feed": """\
```toml
[[feed]]
auto = "tags"              # a feed for every tag...
min_items = 10             # ...that so many items carry
slug = "topics"            # output/topics-world-news/; without it, output/world-news/
title = "Topic: {tag}"
tags = { none = ["Ads"] }
```

Whose tags those are, of a source or of an article itself, makes no difference; `tags`, `sources`, `include` and
`exclude` say which items count. A feed that was made once stays, at its address, whatever becomes of its tag: with
fewer items, in another spelling, or as an alias of another tag, whose feed then goes by both addresses. It ends when
its table is taken away or its tag is dropped. A tag that has a `[[feed]]` already, one with its address or one that
asks for it and nothing else, gets no second one. Of two tags with one address, the later gets `-2`. Several such
tables need a `slug` each.""",
    "Selectors": """\
```toml
[source.selectors]
item = "article.card"
title = ["h2 a@title", "h2 a"]                     # the whole title where there is one, else the cut one
date = { join = [".day", ".time"] }                # two elements, one date
author = { select = ".byline", match = 'By (.+)' } # without the word before the name
```

Many pages carry their list as data too, which dates and titles are surest in. `from` names it:

- `"json-ld"`, `"microdata"`, `"rdfa"` and `"microformats"` say themselves what is an article: nothing else is needed.
  `item` may name the type that is wanted, such as `"NewsArticle"` or `"Event"`.
- `"script#__NEXT_DATA__"` is the script that this selector finds, `"window.__INITIAL_STATE__"` what a script assigns to
  a variable, `"#app@data-page"` an attribute. `item` is then the path to the list: names parted by dots, `*` for every
  member, `**` for any depth.

```toml
[source.selectors]
from = "script#__NEXT_DATA__"
item = "props.pageProps.posts"
title = "title.rendered"
link = { select = "slug", template = "/news/{}" }
```""",
}
"""What stands below a section's table."""
