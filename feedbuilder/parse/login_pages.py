"""Pages that ask who one is: their form, filled in; whether a page asks again; what it says is wrong. Pure.

A form is filled in as a browser does: what it holds already goes along, hidden tokens among it, and the first button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.model import ExtractError, Login, LoginForm, Page, StandInKind
from feedbuilder.parse.decode import decode
from feedbuilder.parse.limits import refuse_monsters
from feedbuilder.parse.links import absolute
from feedbuilder.parse.plain_text import clean
from feedbuilder.parse.selected import selected
from feedbuilder.parse.stand_ins import stand_in

URLENCODED = "application/x-www-form-urlencoded"
_SENT = "input[name], select[name], textarea[name], button[name]"
_BUTTONS = frozenset({"submit", "image"})
_NEVER_SENT = frozenset({"button", "reset", "file"})
_COMPLAINTS = (
    '[role=alert], [class*="error" i], [class*="alert" i], [class*="invalid" i], [class*="flash" i], '
    '[class*="message" i], [id*="error" i]'
)
_LONGEST_COMPLAINT = 120
_MANY_FIELDS = 500
_NAMES_SHOWN = 12
_PASSWORD = "input[type=password i]"  # noqa: S105 - a selector


class HtmlLoginPages:
    """What pages in HTML say of logins; answers `fetch.send_form.LoginPages`."""

    def form(self, page: Page, login: Login) -> LoginForm | str:
        """Return the form of `login` on `page`, filled in; or why there is none to be sent; see the protocol."""
        tree = _tree(page)
        if tree is None:
            return "is larger, or nested more deeply, than any page with a form."
        form = _form(tree, login)
        if form is None:
            return _why_none(page, tree, login)
        if (form.attributes.get("method") or "get").strip().lower() != "post":
            return "holds a form that would put the password into an address, where logs and proxies see it."
        pairs = list(_pairs(form, login))
        there = {name for name, _ in pairs}
        if lacking := [name for name in login.fields if name not in there]:
            return f'holds a form without the field "{lacking[0]}"; it has {_listing(form)}.'
        base = tree.css_first("base[href]")
        home = absolute(page.url, (base.attributes.get("href") if base else None) or "") or page.url
        action = absolute(home, (form.attributes.get("action") or "").strip() or page.url)
        if action is None:
            return "holds a form that is sent to no web address: probably a script does it."
        if (form.attributes.get("enctype") or "").strip().lower() == "multipart/form-data":
            return LoginForm(action, *_multipart(pairs))
        return LoginForm(action, urlencode(pairs).encode(), URLENCODED)

    def asks(self, page: Page, login: Login) -> bool:
        """Return whether `page` asks who we are: it holds the form of `login`, or is a page for nothing but that."""
        tree = _tree(page)
        if tree is None:
            return False
        if login.fields and (form := _form(tree, login)) is not None and form.css_first(_PASSWORD) is not None:
            return True
        found = stand_in(tree)
        return found is not None and found.kind is StandInKind.LOGIN

    def knows_us(self, page: Page, login: Login) -> bool:
        """Return whether `page` holds what `login.success` selects; False where it says nothing."""
        tree = _tree(page) if login.success is not None else None
        return tree is not None and _first(tree, login.success or "") is not None

    def complaint(self, page: Page) -> str | None:
        """Return what a page with a form says is wrong, shortened; None if it says nothing."""
        tree = _tree(page)
        for element in tree.css(_COMPLAINTS)[:20] if tree is not None else ():
            text = clean(element.text(separator=" "), _LONGEST_COMPLAINT)
            if text and element.css_first("input") is None:
                return text
        return None


def _tree(page: Page) -> LexborHTMLParser | None:
    """Return what a page is made of; None for one that would keep the whole program busy: nobody reads it here."""
    text = decode(page)
    try:
        refuse_monsters(text)
    except ExtractError:
        return None
    return LexborHTMLParser(text)


def _form(tree: LexborHTMLParser, login: Login) -> LexborNode | None:
    """Return the form that `login` names, else the one with its fields, a password among them first."""
    if login.form is not None:
        return _first(tree, login.form)
    wanted = set(login.fields)
    forms = [form for form in tree.css("form") if wanted <= {_name(field) for field in form.css(_SENT)}]
    return next((form for form in forms if form.css_first(_PASSWORD)), forms[0] if forms else None)


def _first(tree: LexborHTMLParser, css: str) -> LexborNode | None:
    try:
        return next(iter(selected(tree, css, "selector")[0]), None)
    except ExtractError:  # too large for a page on which one logs in
        return None


def _why_none(page: Page, tree: LexborHTMLParser, login: Login) -> str:
    if login.form is not None:
        return f'holds no form that form = "{login.form}" finds.'
    own = _tree(page)
    found = stand_in(own) if own is not None else None
    if found is not None and found.kind is StandInKind.CHALLENGE:
        return (
            "is a check for robots, which is not got around here. Log in in a browser, and take its cookies: "
            'kind = "cookies".'
        )
    form = next((one for one in tree.css("form") if one.css_first(_PASSWORD)), None)
    if form is not None:
        return f"holds a form for passwords, but its fields are {_listing(form)}. Correct the names in fields."
    if found is not None and found.kind is StandInKind.SHELL:
        return 'builds its form by a script. Log in in a browser, and take its cookies: kind = "cookies".'
    return "holds no form with these fields. Is it the page on which one logs in, with user and password at once?"


def _listing(form: LexborNode) -> str:
    names = [f'"{_name(field)}"' for field in form.css(_SENT)][:_NAMES_SHOWN]
    return ", ".join(dict.fromkeys(names)) or "none"


def _pairs(form: LexborNode, login: Login) -> Iterator[tuple[str, str]]:
    """Yield what is sent, in the order of the form; what is filled in takes the place of what stands there."""
    own = {**login.also, **login.fields}
    filled: set[str] = set()
    has_button = False
    for field in form.css(_SENT)[:_MANY_FIELDS]:
        name, kind = _name(field), _type(field)
        if name in own:
            if name not in filled:
                filled.add(name)
                yield name, own[name]
        elif kind in _BUTTONS:
            if not has_button and kind == "submit":
                has_button = True
                yield name, field.attributes.get("value") or ""
        elif kind not in _NEVER_SENT and "disabled" not in field.attributes:
            yield from ((name, value) for value in _values(field, kind))
    yield from ((name, value) for name, value in login.also.items() if name not in filled)


def _name(field: LexborNode) -> str:
    return field.attributes.get("name") or ""


def _type(field: LexborNode) -> str:
    if field.tag == "button":
        return (field.attributes.get("type") or "submit").lower()
    return (field.attributes.get("type") or "text").lower() if field.tag == "input" else ""


def _values(field: LexborNode, kind: str) -> Iterator[str]:
    """Yield what a field holds that nobody touches."""
    if kind in ("checkbox", "radio"):
        if "checked" in field.attributes:
            yield field.attributes.get("value") or "on"
    elif field.tag == "select":
        options = field.css("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        yield from (option.attributes.get("value") or option.text(strip=True) for option in chosen[:1])
    elif field.tag == "textarea":
        yield field.text()
    else:
        yield field.attributes.get("value") or ""


def _multipart(pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    """Return what a form sends that says so of itself (RFC 7578); the boundary is in none of its values."""
    boundary = "feedbuilder-form"
    while any(boundary in value for _, value in pairs):
        boundary += "-"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}\r\n'
        for name, value in pairs
    ]
    return "".join([*parts, f"--{boundary}--\r\n"]).encode(), f"multipart/form-data; boundary={boundary}"


def _quoted(name: str) -> str:
    return re.sub(r'[\r\n"]', lambda sign: f"%{ord(sign[0]):02X}", name)
