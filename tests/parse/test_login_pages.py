"""Pages that ask who one is: their forms, filled in as browsers do."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest

from feedbuilder.model import Login, LoginForm, Page
from feedbuilder.parse.login_pages import HtmlLoginPages

NOW = datetime(2026, 2, 6, tzinfo=UTC)
FIELDS = {"user": "me", "pw": "open sesame"}
PAGES = HtmlLoginPages()


def login(**keys: object) -> Login:
    return Login.model_validate({"url": "https://club.example/login", "fields": FIELDS, **keys})


def page(html: str) -> Page:
    return Page("https://club.example/in/login?next=/", html.encode(), NOW, "text/html; charset=utf-8")


def sent(html: str, **keys: object) -> dict[str, str]:
    form = PAGES.form(page(html), login(**keys))
    assert isinstance(form, LoginForm), form
    return dict(parse_qsl(form.body.decode(), keep_blank_values=True))


FORM = """<form method=post action="go"><input name=user><input type=password name=pw>{}</form>"""


@pytest.mark.parametrize(
    ("inside", "more"),
    [
        ('<input type=hidden name=csrf value="t0k&amp;n">', {"csrf": "t0k&n"}),
        ("<input type=checkbox name=keep value=1 checked><input type=checkbox name=ads value=1>", {"keep": "1"}),
        ("<input type=radio name=lang value=de><input type=radio name=lang value=en checked>", {"lang": "en"}),
        ("<select name=area><option>one<option value=2 selected>two</select>", {"area": "2"}),
        ("<select name=area><option value=1>one<option>two</select>", {"area": "1"}),
        ("<textarea name=note>hello</textarea>", {"note": "hello"}),
        ("<button name=do value=in>In</button><button name=do value=forgot>Forgot</button>", {"do": "in"}),
        ('<input type=submit name=go value="Log in"><input type=reset name=no>', {"go": "Log in"}),
        ("<button type=button name=show>Show</button><input type=file name=f>", {}),
        ("<input name=off value=1 disabled>", {}),
        ("<input name=user value=another>", {}),
    ],
)  # fmt: skip
def test_a_form_is_filled_in_as_a_browser_does(inside: str, more: dict[str, str]) -> None:
    assert sent(FORM.format(inside)) == {**FIELDS, **more}


def test_what_is_no_secret_may_be_set_besides() -> None:
    html = FORM.format("<input type=checkbox name=keep value=1>")
    assert sent(html, also={"keep": "1", "from": "app"}) == {**FIELDS, "keep": "1", "from": "app"}


@pytest.mark.parametrize(
    ("html", "action"),
    [
        (FORM.format(""), "https://club.example/in/go"),
        ("<base href=/other/>" + FORM.format(""), "https://club.example/other/go"),
        (FORM.replace(' action="go"', "").format(""), "https://club.example/in/login?next=/"),
        (FORM.replace('"go"', '"https://sso.club.example/s"').format(""), "https://sso.club.example/s"),
    ],
)
def test_it_goes_where_the_form_says(html: str, action: str) -> None:
    form = PAGES.form(page(html), login())
    assert isinstance(form, LoginForm)
    assert (form.action, form.media_type) == (action, "application/x-www-form-urlencoded")


def test_a_form_of_files_is_sent_as_one() -> None:
    form = PAGES.form(page(FORM.replace("<form", "<form enctype=multipart/form-data").format("")), login())
    assert isinstance(form, LoginForm)
    assert form.media_type.startswith("multipart/form-data; boundary=")
    assert b'name="pw"\r\n\r\nopen sesame\r\n' in form.body


def test_of_several_forms_the_one_with_the_fields_and_a_password_is_it() -> None:
    search = "<form action=/find><input name=q></form>"
    register = "<form method=post action=/new><input name=user><input name=pw><input name=mail></form>"
    assert "mail" not in sent(search + register + FORM.format(""))
    assert sent(
        FORM.format("") + FORM.format("<input name=two value=2>").replace("<form", "<form id=b"), form="#b"
    ) == {
        **FIELDS,
        "two": "2",
    }


def test_a_base_that_is_no_address_is_passed_over() -> None:
    form = PAGES.form(page("<base href='http://[x'>" + FORM.format("")), login())
    assert isinstance(form, LoginForm)
    assert form.action == "https://club.example/in/go"


def test_what_would_take_minutes_is_not_looked_at() -> None:
    monster = page("<div class=error>" * 20_000 + "password" + FORM.format(""))
    assert not PAGES.asks(monster, login())
    assert not PAGES.knows_us(monster, login(success="div"))
    assert PAGES.complaint(monster) is None


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<p>Hello</p>", "holds no form with these fields"),
        ("<form method=post><input name=email><input type=password name=pw></form>", 'its fields are "email", "pw"'),
        (FORM.replace("method=post ", "").format(""), "would put the password into an address"),
        (
            "<title>Just a moment...</title><div id=challenge-stage></div>",
            "a check for robots, which is not got around",
        ),
        ('<div id=root></div><script src="/app.js"></script>', "builds its form by a script"),
        (FORM.replace('"go"', '"http://[{{{{host}}}}]/in"').format(""), "sent to no web address"),
        (FORM.replace('"go"', '"javascript:send()"').format(""), "sent to no web address"),
        ("<div>" * 20_000 + FORM.format(""), "nested more deeply"),
    ],
)
def test_a_form_that_cannot_be_sent_is_told(html: str, why: str) -> None:
    found = PAGES.form(page(html), login())
    assert isinstance(found, str)
    assert why in found


def test_a_selector_that_finds_no_form_is_told() -> None:
    assert PAGES.form(page(FORM), login(form="#nothing")) == 'holds no form that form = "#nothing" finds.'
    assert 'form without the field "user"' in str(
        PAGES.form(page("<form id=a method=post><input name=mail></form>"), login(form="#a"))
    )


@pytest.mark.parametrize(
    ("html", "asks"),
    [
        (FORM.format(""), True),
        ("<title>Sign in – Club</title><form><input name=mail><input type=password name=p></form>", True),
        ("<h1>News</h1><form><input name=q></form>", False),
        # A page of a forum on which members change their password knows them.
        ("<h1>Your account</h1><form method=post><input type=password name=old></form>", False),
    ],
)
def test_a_page_that_asks_is_told_from_others(html: str, asks: bool) -> None:
    assert PAGES.asks(page(html), login()) is asks


def test_what_a_page_says_is_wrong_is_shortened() -> None:
    html = f"<div class='form-errors'>Wrong password. {'Try again. ' * 40}</div>{FORM.format('')}"
    said = PAGES.complaint(page(html))
    assert said is not None
    assert said.startswith("Wrong password.")
    assert len(said) <= 121
    assert PAGES.complaint(page(FORM.format(""))) is None


def test_success_is_what_its_selector_finds() -> None:
    known = login(success="a[href*=logout]")
    assert PAGES.knows_us(page("<a href=/logout>Bye</a>"), known)
    assert not PAGES.knows_us(page("<a href=/login>Hello</a>"), known)
    assert not PAGES.knows_us(page("<a href=/logout>Bye</a>"), login())


@pytest.mark.parametrize("success", ["xpath://a[contains(., 'Log out')]", "a:-soup-contains('Log out')"])
def test_success_may_be_found_by_what_a_link_says(success: str) -> None:
    known = login(success=success)
    assert PAGES.knows_us(page("<p><a href=/x>Log out</a>"), known)
    assert not PAGES.knows_us(page("<p><a href=/x>Log in</a>"), known)


@pytest.mark.parametrize("form", ["xpath://form[@id='in']", "form:has(b:-soup-contains('Members'))"])
def test_a_form_may_be_named_by_xpath_and_by_what_it_says(form: str) -> None:
    other = "<form method=post><input name=user><input name=pw type=password></form>"
    mine = other.replace("<form", "<form id=in action=/members").replace("</form", "<b>Members</b></form")
    found = PAGES.form(page(other + mine), login(form=form))
    assert isinstance(found, LoginForm)
    assert found.action == "https://club.example/members"
