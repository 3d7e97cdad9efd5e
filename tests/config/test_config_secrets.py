"""What comes from the environment never gets into a message, whatever is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from feedbuilder import masking
from feedbuilder.model import ConfigError
from feedbuilder.store import shown

SECRET = "hunter2"

BAD_VALUES = [
    '[site]\nurl = "ftp://${S}/"',
    '[site]\nlanguage = "${S}!"',
    '[site]\noutput = "../config/x${S}/.."',
    '[fetch]\nproxy = "${S}"',
    '[fetch]\nworkers = "${S}"',
    '[fetch]\nmax_bytes = "${S}"',
    '[fetch]\nca_bundle = "${S}.pem"',
    '[fetch]\nallow_hosts = ["x/${S}"]',
    '[store]\nkeep_age = "${S}"',
    '[defaults]\ntimezone = "${S}"',
    'include = ["${S}.toml"]',
    '[[source]]\nid = "X${S}"\nurl = "x${S}"\nselectors = { item = "${S}[" }',
    '[[source]]\nid = "a"\nurl = "http://a.example"\nheaders = { X = "${S}\\n" }\nselectors.item = "a"',
    '[[source]]\nid = "a"\nurl = "http://a.example"\nselectors = { item = "a", title = { select = "a", match = "(?P<${S}>a)(?P<${S}>b)" } }',  # noqa: E501
    '[[source]]\nid = "a"\nurl = "http://a.example"\nselectors = { item = "a", title = "a:${S}(b)" }',
    '[[feed]]\nslug = "x"\nsources = ["${S}"]',
    '[[feed]]\nslug = "x"\nsources = ["b"]\n[[source]]\nid = "${S}"\nurl = "http://a.example"\nselectors.item = "a"',
    '[[feed]]\nslug = "${S}"\n[[feed]]\nslug = "${S}"',
    '[[feed]]\nslug = "${S}!"\naliases = ["${S}?"]\ninclude = { link = "${S}(" }',
]


@pytest.mark.parametrize("text", BAD_VALUES)
def test_a_bad_value_from_the_environment_is_told_as_it_is_written(folder: Any, text: str) -> None:
    problems = folder.problems(text, {"S": SECRET})
    assert SECRET not in "\n".join(problems)
    assert "${S}" in "\n".join(problems) or "headers.X" in problems[0]


def test_warnings_tell_a_value_from_the_environment_as_it_is_written_too(folder: Any) -> None:
    config = folder.load(
        """
        [[source]]
        id = "${S}"
        url = "https://${S}.example/"
        tags = ["${S}s"]
        selectors.item = "li"
        [[feed]]
        slug = "x"
        tags = ["${S}"]
        """,
        {"S": SECRET},
    )
    assert len(config.warnings) == 6
    assert SECRET not in "\n".join(config.warnings)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('[fetch]\nproxy = "socks://me:hunter2@proxy.example"', '"socks://…@proxy.example"'),
        ("[defaults]\nheaders = { Authorization = 42 }", 'headers.Authorization = "…"'),
        ('[defaults.headers]\nCookie = "hunter2\\n"', 'headers.Cookie = "…"'),
    ],
)
def test_secrets_written_into_the_file_are_not_repeated_either(folder: Any, text: str, shown: str) -> None:
    [problem] = folder.problems(text)
    assert shown in problem
    assert SECRET not in problem
    assert "42" not in problem


def test_a_variable_that_is_not_set_is_named_once_and_nothing_else_is_said_of_its_key(folder: Any) -> None:
    text = '[[source]]\nid = "a"\nurl = "${SITE}/${PAGE}"\nselectors = { item = "li", title = ["h2", "${TITLE}"] }\n'
    assert folder.problems(text, {"PAGE": "x"}) == [
        '3: [[source]] "a": url = "${SITE}/${PAGE}": the environment variable SITE is not set',
        '4: [[source]] "a": selectors.title: "${TITLE}": the environment variable TITLE is not set',
    ]


@pytest.mark.parametrize("written", ["${}", "${A B}", "${A:-b}", "${", "x ${1A}", "${A", "${A{B}}"])
def test_only_whole_names_are_filled_in_and_other_forms_are_mistakes(folder: Any, written: str) -> None:
    assert folder.problems(f"[site]\ntitle = '{written}'\n", {"A": "1", "": "2", "A B": "3", "1A": "4"}) == [
        (
            f'2: [site]: title = "{written}": expected the name of an environment variable, as in "${{NAME}}"; '
            'write "$${" for the characters "${"'
        )
    ]


def test_an_environment_that_is_not_utf8_is_told_too(folder: Any) -> None:
    assert folder.problems('[site]\ntitle = "${S}"', {"S": "caf\udce9"}) == [
        '2: [site]: title = "${S}": the environment variable S is not UTF-8'
    ]


def test_no_secret_is_in_the_chain_of_exceptions(folder: Any) -> None:
    folder.write('[fetch]\nproxy = "${S}"')
    with pytest.raises(ConfigError) as caught:
        folder.load(environ={"S": SECRET})
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("selector", ["self:://li/@b", "https://x/a@b:://c", "a://b[@c"])
def test_a_selector_is_no_address_with_a_password(folder: Any, selector: str) -> None:
    text = f'[[source]]\nid = "a"\nurl = "http://a.example/"\nselectors.item = "{selector}"\ninterval = "{selector}"'
    assert any(f'"{selector}"' in problem for problem in folder.problems(text))


def test_what_stands_in_feeds_or_names_files_is_no_secret(folder: Any) -> None:
    folder.load(
        """
        [site]
        title = "${T}"
        output = "${O}"
        [store]
        path = "${F}"
        [[source]]
        id = "a"
        title = "${N}"
        url = "http://a.example/${S}"
        selectors.item = "li"
        """,
        {"T": "Our own feeds", "O": "public-folder", "F": "/var/lib/feeds.db", "N": "The Gazette", "S": SECRET},
    )
    assert masking.known() == {SECRET}


def test_keys_of_a_storage_service_and_passwords_in_parameters_are_secrets(folder: Any) -> None:
    config = folder.load(
        """
        [site]
        url = "https://feeds.example/"
        [site.bucket]
        url = "az://feeds"
        options = { account_name = "gazette", account_key = "a2V5LW9mLWF6dXJl" }
        [store]
        url = "postgresql://db.example/feeds?user=ada&password=open-sesame"
        [[source]]
        id = "a"
        url = "http://a.example/"
        selectors.item = "li"
        """
    )
    assert masking.known() == {"a2V5LW9mLWF6dXJl", "open-sesame"}
    assert "open-sesame" not in shown(config.store.place)
