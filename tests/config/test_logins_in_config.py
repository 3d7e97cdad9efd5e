"""`[logins.NAME]`: what each kind needs, that no secret stands in a file, and what sources name."""

from __future__ import annotations

import pytest

from feedbuilder import masking
from feedbuilder.extract import fingerprint
from tests.config.conftest import Folder

ENVIRON = {"USER_OF_CLUB": "ada.lovelace", "PASSWORD_OF_CLUB": "open-sesame-1843", "SID": "s3ssion-cookie"}
CLUB = """
[logins.club]
url = "https://club.example/login"
fields = { name = "${USER_OF_CLUB}", password = "${PASSWORD_OF_CLUB}" }
"""
SOURCE = """
[[source]]
id = "members"
url = "https://club.example/news"
timezone = "UTC"
login = "club"
selectors = { item = "li" }
"""


def test_sources_share_a_login_and_another_password_voids_what_was_known(folder: Folder) -> None:
    config = folder.load(CLUB + SOURCE, ENVIRON)
    [source] = config.sources
    assert (source.login, set(config.logins)) == ("club", {"club"})
    again = folder.load(environ=ENVIRON).sources[0]
    other = folder.load(environ={**ENVIRON, "PASSWORD_OF_CLUB": "another-word"}).sources[0]
    assert fingerprint(source) == fingerprint(again) != fingerprint(other)
    assert "sesame" not in source.model_dump_json() + repr(source)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('kind = "form"\nfields = { a = "${SID}" }', 'missing key "url", which kind = "form" needs'),
        ('kind = "basic"\nuser = "me"', 'missing key "password", which kind = "basic" needs'),
        ('kind = "bearer"\ntoken = "${SID}"\nuser = "me"', 'kind = "bearer" has no use for "user"'),
        ('kind = "ntlm"', 'kind = "ntlm": expected'),
        ('kind = "bearer"\ntokn = "x"', 'unknown key "tokn"; did you mean "token"?'),
        ('kind = "certificate"\ncertificate = "nothing.pem"', "expected a file; there is none of this name"),
        ('url = "https://x.example/l"\nfields = { a = "${SID}" }\nsuccess = "a["', "success"),
    ],
)
def test_what_is_wrong_with_a_login_is_told(text: str, problem: str, folder: Folder) -> None:
    problems = folder.problems(f"[logins.club]\n{text}\n{SOURCE}", ENVIRON)
    assert any(problem in one for one in problems), problems
    assert all("[logins.club]" in one for one in problems)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('kind = "basic"\nuser = "me"\npassword = "WRITTEN-OUT"', "password"),
        ('kind = "bearer"\ntoken = "WRITTEN-OUT"', "token"),
        ('kind = "cookies"\ncookies = { sid = "WRITTEN-OUT" }', "cookies.sid"),
        ('url = "https://x.example/"\nfields = { pw = "WRITTEN-OUT" }', "fields.pw"),
        ('url = "https://x.example/"\nfields = { a = "${SID}" }\nalso = { token = "WRITTEN-OUT" }', "also.token"),
    ],
)
def test_a_secret_that_stands_in_the_file_is_refused_and_not_repeated(text: str, key: str, folder: Folder) -> None:
    [problem] = folder.problems(f"[logins.club]\n{text}\n{SOURCE}", ENVIRON)
    assert f"[logins.club]: {key}: expected a variable of the environment" in problem
    assert "WRITTEN-OUT" not in problem


def test_what_is_no_secret_may_stand_there(folder: Folder) -> None:
    text = CLUB + 'also = { remember_me = "1" }\n' + SOURCE
    assert folder.load(text, ENVIRON).logins["club"].also == {"remember_me": "1"}


def test_a_login_that_is_not_there_is_told(folder: Folder) -> None:
    assert folder.problems(CLUB + SOURCE.replace('"club"', '"clubb"'), ENVIRON) == [
        '9: [[source]] "members": login: unknown login "clubb"; did you mean "club"?'
    ]
    [problem] = folder.problems(SOURCE, ENVIRON)
    assert problem.endswith('unknown login "club"; write a table [logins.club]')


def test_what_a_login_holds_is_masked(folder: Folder) -> None:
    masking.forget()
    cookies = '[logins.shop]\nkind = "cookies"\ncookies = { sid = "${SID}" }\n'
    folder.load(CLUB + cookies + SOURCE, ENVIRON)
    assert masking.mask_text(" ".join(ENVIRON.values())) == "*** *** ***"


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ('next = "?after={cursor}"', "{cursor} is named, but cursor does not say where"),
        ('cursor = "meta.next"', "cursor has no use"),
        ('next = "?page={n}"\nrequest = { json = { page = "{n}" } }', "next has nothing to say"),
        ("request = {}", "either json or form"),
        ("request = { json = { since = 2026-02-06 } }", "json holds what JSON has no word for"),
        ('proxy = "ftp://x.example"', "expected the address of a proxy"),
        ('proxy = "socks5://x.example:0"', "expected a web address"),
    ],
)
def test_how_pages_are_turned_and_asked_for_is_checked(keys: str, problem: str, folder: Folder) -> None:
    source = SOURCE.replace('login = "club"', f'kind = "json"\n{keys}').replace('"li"', '"items"')
    problems = folder.problems(source)
    assert any(problem in one for one in problems), problems


def test_paths_of_json_are_no_selectors(folder: Folder) -> None:
    source = SOURCE.replace('login = "club"', 'kind = "json"\nnext = "@odata.nextLink"\npages = 3')
    assert folder.load(source).sources[0].next == "@odata.nextLink"
    assert folder.problems(source.replace('kind = "json"\n', "").replace("@odata", "a[")) != []
