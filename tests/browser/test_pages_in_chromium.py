"""Pages that scripts build, opened in a real Chromium: what is there in the end, and what goes where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.browser.shared_browser import SharedBrowser
from feedbuilder.model import FetchError, PrivateAddressError
from tests.browser.conftest import needs_chromium, opened, page
from tests.fetch.loopback import Site, answer

pytestmark = needs_chromium

STORIES = """
<main id=list></main><button id=more hidden>Load more</button>
<div id=onetrust-banner-sdk><button id=onetrust-reject-all-handler>No</button>
<button id=onetrust-accept-btn-handler>Yes</button></div>
<script>
let shown = 0;
const add = async () => {
  const stories = await (await fetch("/api?after=" + shown)).json();
  shown += stories.length;
  const list = document.getElementById("list");
  for (const story of stories) list.innerHTML += `<article><h2>${story.title}</h2></article>`;
  document.getElementById("more").hidden = shown >= 6;
};
document.getElementById("more").onclick = add;
const answered = how => { document.getElementById("onetrust-banner-sdk").remove(); document.title = how; add(); };
document.getElementById("onetrust-reject-all-handler").onclick = () => answered("refused");
document.getElementById("onetrust-accept-btn-handler").onclick = () => answered("accepted");
</script>
"""


def stories(first: int) -> bytes:
    items = ", ".join(f'{{"title": "Story {number}"}}' for number in range(first, first + 2))
    return answer(f"[{items}]", "Content-Type: application/json")


def test_a_banner_is_refused_and_more_is_clicked_until_there_is_no_more(browser: SharedBrowser, site: Site) -> None:
    site.pages = {"/": page(STORIES), **{f"/api?after={first}": stories(first) for first in range(0, 6, 2)}}
    got = opened(browser, site.url(), click="#more", clicks=9, watches=True, wait_for="article")
    assert b"<title>refused</title>" in got.html
    assert [f"Story {number}<".encode() in got.html for number in range(7)] == [True] * 6 + [False]
    assert [data.url for data in got.data] == [site.url(f"/api?after={first}") for first in range(0, 6, 2)]
    assert (got.status, got.url, got.missed) == (200, site.url(), ())
    assert site.last("/").headers["user-agent"].endswith("feedbuilder/1")


LONG = """
<main></main><div style="height: 4000px"></div><script>
let count = 0;
const add = () => document.querySelector("main").insertAdjacentHTML("beforeend", `<p class=story>${++count}</p>`);
add();
addEventListener("scroll", () => fetch("/more").then(add));
</script><story-list><h3>Light</h3></story-list><script>
customElements.define("story-list", class extends HTMLElement {
  connectedCallback() { this.attachShadow({mode: "open"}).innerHTML = "<section><slot></slot><b>Shadow</b></section>"; }
});
document.body.append(Intl.DateTimeFormat().resolvedOptions().timeZone, ` ${innerWidth} ${navigator.language}`);
</script><img src="/picture.png"><link rel=stylesheet href="/style.css">
"""


def test_a_list_goes_on_where_the_page_is_scrolled_and_what_is_waited_for_comes(
    browser: SharedBrowser, site: Site
) -> None:
    """And pictures are not loaded, and what stands in an open shadow root is in its place."""
    site.pages = {"/": page(LONG), "/more": answer("{}"), "/style.css": answer("p {}", "Content-Type: text/css")}
    got = opened(browser, site.url(), scroll=1, wait_for=".story", dismiss=[".no-such-button"], width=700)
    assert got.html.count(b'class="story"') >= 2
    assert got.missed == ("dismiss",)
    assert b"<section><slot><h3>Light</h3></slot><b>Shadow</b></section>" in got.html
    assert b"UTC 700 en-US" in got.html
    assert "/style.css" in site.paths
    assert "/picture.png" not in site.paths


def test_secrets_go_to_their_own_host_alone(browser: SharedBrowser, make_site: Callable[..., Site]) -> None:
    home, other = make_site(), make_site()
    script = f'fetch("/mine"); fetch("{other.url("/theirs")}").catch(() => 0);'
    home.pages = {
        "/": page(f'<script>{script}</script><script src="{other.url("/x.js")}"></script>'),
        "/away": answer("", f"Location: {other.url('/landed')}", status="302 Found"),
        "/mine": answer("{}"),
    }
    other.pages = {"/landed": page('<script>location = "/sent-on"</script>'), "/sent-on": page("landed")}
    secrets = {"X-Token": "s3cret", "Authorization": "Bearer s3cret", "Cookie": "session=s3cret; theme=dark"}
    opened(browser, home.url(), private=secrets)
    landed = opened(browser, home.url("/away"), private=secrets)
    assert b"landed" in landed.html
    assert landed.url == other.url("/sent-on")
    for path in ("/", "/mine", "/away"):
        asked = home.last(path).headers
        assert (asked["x-token"], asked["authorization"]) == ("s3cret", "Bearer s3cret"), path
        assert "session=s3cret" in asked["cookie"], path
    assert {"/landed", "/x.js"} <= set(other.paths)
    # Cookies know no ports: one of the same machine is the one thing that another port of it gets, as in any browser.
    told = [value for one in other.asked for name, value in one.headers.items() if name != "cookie"]
    assert not any("s3cret" in value for value in told)


def test_nothing_stays_from_one_page_to_the_next(browser: SharedBrowser, site: Site) -> None:
    script = "document.body.append(document.cookie + localStorage.x); document.cookie = 'a=1'; localStorage.x = 'kept';"
    site.pages = {"/": page(f"<script>{script}</script>", "Set-Cookie: b=2")}
    first, second = (opened(browser, site.url()).html for _ in range(2))
    assert b"undefined" in first
    assert first == second


def test_an_answer_that_is_no_page_is_told_by_its_status(browser: SharedBrowser, site: Site) -> None:
    site.pages = {"/": page("sorry", "Retry-After: 7", status="503 Service Unavailable")}
    got = opened(browser, site.url())
    assert (got.status, got.html) == (503, b"")
    assert got.headers["retry-after"] == "7"


def test_what_goes_wrong_is_told_in_a_sentence(browser: SharedBrowser, site: Site) -> None:
    site.pages = {
        "/paper": answer("%PDF", "Content-Type: application/octet-stream", "Content-Disposition: attachment"),
        "/round": answer("", "Location: /round", status="302 Found"),
        "/inside": answer("", "Location: http://10.1.2.3/", status="302 Found"),
        "/huge": page("<script>document.body.append('x'.repeat(6_000_000))</script>"),
    }
    for url, words in (
        (site.url("/paper"), "no page but a download"),
        (site.url("/round"), "redirects in a circle"),
        (site.url("/huge"), "too large once its scripts have built it"),
        ("http://nowhere.invalid/", "could not be resolved"),
    ):
        with pytest.raises(FetchError, match=words):
            opened(browser, url)
    with pytest.raises(PrivateAddressError, match="private network") as caught:
        opened(browser, site.url("/inside"))
    assert caught.value.host == "10.1.2.3"
