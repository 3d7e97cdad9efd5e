"""Ten kinds of sites, whole pages: exactly the articles of their lists, with their days."""

from __future__ import annotations

import pytest

from tests.detect.sample import days_of, find, items_of
from tests.detect.sites import SITES, Site


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name.replace(" ", "-"))
def test_the_list_of_the_site_is_found(site: Site) -> None:
    found = find(site.html(site.made), url=site.url)
    assert found.items == items_of(site.made)
    assert found.days == (days_of(site.made) if site.days else [None] * len(site.made))
