"""The document in the frame and its policy: what the browser is told, whatever the page is."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files

import pytest
from bs4 import BeautifulSoup

from feedbuilder.studio.frame_document import frame_document, frame_headers
from feedbuilder.studio.frame_script import PARTS, frame_script
from feedbuilder.studio.page_view import view_of

HOSTILE = "<!doctype html><title>T</title><style>p{}</style><body onload=x><script>bad</script><p>Hi<svg><style>"


def directives(*, loads: bool = False, url: str = "https://paper.example/") -> dict[str, str]:
    policy = frame_headers(view_of(HOSTILE, url, loads=loads))["Content-Security-Policy"]
    return {name: value for name, _, value in (part.partition(" ") for part in policy.split("; "))}


def test_one_script_may_run_and_it_is_ours() -> None:
    (script,) = BeautifulSoup(frame_document(view_of(HOSTILE, "https://paper.example/")), "html5lib").find_all("script")
    content = script.decode_contents()
    assert "feedbuilder" in content
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    assert directives()["script-src"] == f"'sha256-{digest}'"


def test_its_modules_are_joined_in_the_order_in_which_they_stand_on_each_other() -> None:
    folder = files("feedbuilder.studio").joinpath("static")
    assert {one.name for one in folder.iterdir() if one.name.startswith("frame") and one.name.endswith(".js")} == set(
        PARTS
    )
    before: set[str] = set()
    for part in PARTS:
        text = folder.joinpath(part).read_text("utf-8")
        assert set(re.findall(r'from "\./([\w.]+)"', text)) <= before
        before.add(part)
    lines = frame_script().splitlines()
    assert not [line for line in lines if line.startswith(("import", "export"))]
    named = [found[1] for line in lines if (found := re.match(r"(?:function|const|let) (\w+)", line))]
    assert len(named) == len(set(named)) > 30
    assert "</" not in frame_script()  # would end the element


def test_our_own_style_comes_before_all_others() -> None:
    soup = BeautifulSoup(frame_document(view_of(HOSTILE, "https://paper.example/")), "html5lib")
    own, theirs = (style.decode_contents() for style in soup.find_all("style"))
    assert "@layer" in own
    assert own.count("{") == own.count("}")
    assert theirs == "p{}"


def test_everything_else_is_forbidden() -> None:
    said = directives()
    assert said["default-src"] == "'none'"
    assert said["img-src"] == "'none'"
    assert said["style-src"] == "'unsafe-inline'"
    assert said["form-action"] == said["base-uri"] == said["trusted-types"] == "'none'"
    assert said["frame-ancestors"] == "'self'"
    assert said["sandbox"] == "allow-scripts"  # with an origin of its own, also in a tab
    assert set(said) - {"script-src", "require-trusted-types-for"} == {
        "default-src", "img-src", "style-src", "form-action", "base-uri", "trusted-types", "frame-ancestors", "sandbox"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://paper.example/a", "https:"),
        ("http://paper.example:81/a", "https: http://paper.example:81"),
        ("http://[::1]:81/a", "https: http://[::1]:81"),
        ("http://user:secret@paper.example/", "https: http://paper.example"),
    ],
)
def test_with_leave_styles_and_pictures_come_encrypted_or_from_the_site_itself(url: str, asked: str) -> None:
    said = directives(loads=True, url=url)
    assert said["img-src"] == f"data: {asked}"
    assert said["style-src"] == f"'unsafe-inline' {asked}"
    assert "font-src" not in said


def test_a_host_cannot_add_to_the_policy() -> None:
    for url in ("http://a;script-src *;.example/", "http://a b/", "http://a\r\nX: y/", "http://[/", "http://a:b/"):
        headers = frame_headers(view_of("<p>x", url, loads=True))
        assert not {"\r", "\n"} & set("".join(headers.values()))
        assert "script-src *" not in headers["Content-Security-Policy"]


def test_nobody_is_told_where_the_page_is_shown() -> None:
    headers = frame_headers(view_of("<p>x", "https://paper.example/"))
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-DNS-Prefetch-Control"] == "off"
