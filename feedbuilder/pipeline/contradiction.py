"""Whether articles' own pages contradict the titles that a list gives them: then the list was read wrongly. Pure.

On pages whose stories have no element of their own a title may be taken to the link of its neighbour; nothing on the
list shows it, but the pages behind the links are called otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from feedbuilder.model.wording import same_title, shortened, titles_match

FEWEST = 3
"""So many titles have to be contradicted: a headline may be quite another on its own page."""
SHARE = 0.6
"""So large a part of those that can be compared. Papers that word their headlines anew for the list do it for some."""
EXCHANGED = 0.3
"""It is enough of them where a page bears the title that the list gives to another article: no editor does that."""
COMPARED = 30
"""So many articles are compared, those read last: a list that was mended is believed again after some days."""

Titles = tuple[str, str]
"""What the list calls an article, and what the article's own page does."""


def contradiction(pairs: Sequence[Titles]) -> str | None:
    """Return why the list was read wrongly, as a sentence; None where its titles may well be those of its articles.

    A title that several pages share says nothing of any of them: it is the site's, or of a wall before the article.
    """
    times = Counter(own for _, own in pairs)
    telling = [pair for pair in pairs if times[pair[1]] == 1]
    against = [(listed, own) for listed, own in telling if not titles_match(listed, own)]
    if len(against) < FEWEST:
        return None
    exchanged = [pair for pair in against if any(same_title(listed, pair[1]) for listed, _ in pairs)]
    if len(against) < SHARE * len(telling) and len(exchanged) < EXCHANGED * len(telling):
        return None
    listed, own = (exchanged or against)[0]
    return (
        f"{len(against)} of {len(telling)} articles that were read have another title on their own pages: "
        f'"{shortened(listed)}" is called "{shortened(own)}" there. So the list is most likely read wrongly, '
        "each title with the link of its neighbour; see other lists of the page with feedbuilder detect, "
        "or name its elements yourself."
    )
