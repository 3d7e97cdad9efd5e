"""A source that says more than the studio has fields for: what it does not know stays, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedbuilder.config import load
from tests.studio.conftest import Visitor

WRITTEN = {
    "a page with much said": """\
headers = { X-Client = "reader" }   # theirs
day_first = true
keep_pages = false
drop_parameters = ["ref*"]
limit = 20
hold = "5m"
heal = "propose"
selectors.item = "li"
selectors.group = "h2"   # the month
article.content = ".body"
""",
    "changes of a page": 'kind = "changes"\n',
    "a feed": 'kind = "feed"   # as it is\nonly = "/news/"\n',
    "an answer in JSON": 'kind = "json"\nselectors.item = "posts"   # all\nselectors.title = "name"\n',
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_the_form_does_not_know_stays(visitor: Visitor, place: Path, kind: str) -> None:
    head = '# Mine.\n[[source]]\nid = "town"\nurl = "https://town.example/"\ntitle = "Town"\n'
    place.write_text(head + WRITTEN[kind] + "# The end.\n", "utf-8")
    [before] = load(place, {}).sources
    page = visitor.see("/sources/town")
    [form] = page.select("form[action$=edit]")
    fields = {str(one["name"]): str(one.get("value", "")) for one in form.select("input:not([type=radio])")}
    fields |= {str(one["name"]): str(one["value"]) for one in form.select("input[checked]")}
    fields |= {str(one["name"]): one.get_text() for one in form.select("textarea")}
    fields["interval"] = str(form.select("option[selected]")[0]["value"])
    assert visitor.post("/sources/town/edit", fields | {"title": "Our town"}).status_code == 303
    assert place.read_text("utf-8") == head.replace('"Town"', '"Our town"') + WRITTEN[kind] + "# The end.\n"
    visitor.post("/sources/town/pause")
    visitor.post("/sources/town/pause")
    [after] = load(place, {}).sources
    assert after == before.model_copy(update={"title": "Our town"})
