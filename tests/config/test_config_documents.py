"""Schema, reference and starting configuration: made from the models, and held against them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tomlkit

from feedbuilder.config import load, reference, schema, starting_config
from feedbuilder.config.examples import EXAMPLES
from feedbuilder.config.file_shape import DEFAULT_KEYS, MODELS, default_of, keys_of
from feedbuilder.config.reference_document import HEADINGS, toml

PROJECT = Path(__file__).parents[2]


def errors(text: str) -> list[str]:
    """Return what the schema finds wrong in a configuration, as the path of each error."""
    validator = jsonschema.Draft202012Validator(schema())
    return sorted(".".join(str(part) for part in error.path) for error in validator.iter_errors(tomllib.loads(text)))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_accepts_what_we_ship() -> None:
    assert errors((PROJECT / "config" / "feedbuilder.toml").read_text(encoding="utf-8")) == []
    assert errors(starting_config()["config/feedbuilder.toml"]) == []


def test_the_configuration_that_we_ship_is_valid() -> None:
    config = load(PROJECT / "config" / "feedbuilder.toml", {})
    assert config.sources
    assert config.warnings == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[sites]", ""),
        ("[site]\ntitel = 'x'", "site"),
        ("[fetch]\nworkers = 'many'", "fetch.workers"),
        ("[fetch]\nworkers = 0", "fetch.workers"),
        ("[fetch]\ndeadline = '30'", "fetch.deadline"),
        ("[defaults]\ntags = ['x']", "defaults"),
        ("[[source]]\nid = 'a'\nurl = 'http://x'", "source.0"),
        ("[[source]]\nid = 'A'\nurl = 'http://x'\nselectors.item = 'a'", "source.0.id"),
        (
            "[[source]]\nid = 'a'\nurl = 'http://x'\nselectors = { item = 'a', title = 3 }",
            "source.0.selectors.title",
        ),
        ("[[feed]]\nslug = 'a'\ninclude = { titel = 'x' }", "feed.0.include"),
        ("[[feed]]\nslug = 'a'\naliases = ['B']", "feed.0.aliases.0"),
    ],
)
def test_the_schema_marks_mistakes(text: str, place: str) -> None:
    assert errors(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "[fetch]\nworkers = '${WORKERS}'\nrobots = '${ROBOTS}'\nmax_bytes = 5000000\ndeadline = '${TIME}'",
        "[[source]]\nid = 'a'\nurl = '${URL}'\nselectors = { item = 'a', title = ['h2', { join = ['a', 'b'] }] }",
        "[[feed]]\nslug = 'a'\ntags = 'x'\nsources = { none = ['a'] }\ninclude = { title = 'a', link = ['b'] }",
    ],
)
def test_the_schema_knows_short_forms_and_variables(text: str) -> None:
    assert errors(text) == []


REQUIRED: dict[str, dict[str, Any]] = {
    "Source": {"id": "x", "url": "http://x.example/", "selectors": {"item": "a"}},
    "Selectors": {"item": "a"},
    "Feed": {"slug": "x"},
    "BucketSettings": {"url": "s3://x"},
}
LOGINS: dict[str, dict[str, Any]] = {
    "form": {"url": "http://x.example/login", "fields": {"user": "a"}},
    "basic": {"user": "a", "password": "b"},
    "bearer": {"token": "a"},
    "cookies": {"cookies": {"a": "b"}},
}


def read_back(model: str, key: str, value: Any) -> Any:
    """Return what a model makes of one key, the required ones being there."""
    rest = REQUIRED.get(model, {})
    if model == "Reading" and not (key in {"select", "join", "text"} and value):
        rest = {"select": "a"}
    if model == "Feed" and key == "min_items":
        rest = {"auto": "tags"}
    if model == "Source" and key == "changes" and value:
        rest = {"id": "x", "url": "http://x.example/", "kind": "changes"}
    if model == "Source" and value and key in {"next", "cursor"}:
        rest = {**rest, "next": "?after={cursor}", "cursor": "a@data-id"}
    if model == "Login":
        kind = next((kind for kind, needed in LOGINS.items() if (key in needed) == bool(value)), "form")
        rest = {"kind": kind, **LOGINS[kind], **({"certificate": "c.pem"} if key == "key" else {})}
    if model == "Request" and not value:
        rest = {"json": {}}
    if model == "Step" and key in {"with", "take"}:
        rest = {"with": {"replace": "a"}, "take": {"split": ","}}[key]
    if model == "Source" and key == "browser":
        rest = {**rest, "kind": "browser"}
    elif model == "Step" and value is None:
        rest = {"do": "lower"}
    names = {"from": "from_", "with": "with_", "json": "json_"}
    return getattr(MODELS[model].model_validate({**rest, key: value}), names.get(key, key))


def test_all_examples_together_are_a_configuration(tmp_path: Path) -> None:
    examples = {name: dict(values) for name, values in EXAMPLES.items()}
    del examples["Selectors"]["from"]  # either elements or data
    del examples["StoreSettings"]["path"]  # either a file or a database
    del examples["Source"]["browser"]  # for the kind of that name alone
    examples["BrowserSettings"]["executable"] = "chromium"
    del examples["Site"]["output"]  # either a folder or a bucket
    automatic = {"slug": "topics", **{key: examples["Feed"].pop(key) for key in ("auto", "min_items")}}
    del examples["Source"]["changes"]  # either a list or changes
    login = {key: examples["Login"].pop(key) for key in ("user", "password", "token", "cookies")}
    feed, source = examples["Feed"], {**examples["Source"], "selectors": examples["Selectors"]}
    terms = {"id": "terms", "url": "https://town.example/terms", "kind": "changes"}
    watched = {**terms, "tags": ["Town"], "changes": examples["ChangesSettings"]}
    whole = {
        **examples["ConfigDocument"],
        "site": examples["Site"],
        "fetch": examples["FetchSettings"],
        "reading": examples["ReadingSettings"],
        "browser": examples["BrowserSettings"],
        "store": examples["StoreSettings"],
        "alerts": examples["AlertSettings"],
        "tags": examples["TagRules"],
        "logins": {"club": examples["Login"], "wire": {"kind": "bearer", "token": login["token"]}},
        "source": [source, {**source, "id": "library"}, {**source, "id": "sports"}, watched],
        "feed": [
            feed,
            {"slug": "b", "tags": examples["TagChoice"], "sources": examples["Choice"], "include": examples["Filter"]},
            automatic,
        ],
    }
    (tmp_path / "config").mkdir()
    for name in ("authority.pem", "chromium", "club.pem", "club.key"):
        (tmp_path / "config" / name).touch()
    file = tmp_path / "config" / "all.toml"
    file.write_text(tomlkit.dumps(whole), encoding="utf-8")
    names = ("STORE_PASSWORD", "PROXY_LOGIN", "TOWN_TOKEN", "ALERT_HOOK", "MAIL_LOGIN")
    environ = dict.fromkeys((*names, "CLUB_USER", "CLUB_PASSWORD", "CLUB_TOKEN"), "me:pw")
    config = load(file, environ)
    assert len(config.sources) == 4
    assert len(config.feeds) == 3
    assert errors(file.read_text(encoding="utf-8")) == []


def test_every_key_has_a_meaning_and_an_example_that_is_valid() -> None:
    tables = {"site", "fetch", "reading", "browser", "store", "alerts", "tags", "logins", "defaults", "source", "feed"}
    for name, model in MODELS.items():
        if name == "Defaults":
            continue
        fields = {key: field for key, field in keys_of(model).items() if name != "ConfigDocument" or key not in tables}
        assert EXAMPLES[name].keys() == fields.keys(), name
        for key, field in fields.items():
            assert field.description, f"{name}.{key}"
            assert read_back(name, key, EXAMPLES[name][key]) is not None


def test_defaults_are_written_as_toml_that_gives_them_back() -> None:
    for name, model in MODELS.items():
        for key, field in keys_of(model).items():
            written = default_of(model, key)
            if written is not None:
                read = tomllib.loads(f"x = {toml(written)}")["x"]
                assert read == written
                assert read_back(name, key, read) == field.get_default(call_default_factory=True, validated_data={})


def test_the_common_defaults_are_those_of_a_source() -> None:
    assert set(DEFAULT_KEYS) < set(MODELS["Source"].model_fields)
    for key in DEFAULT_KEYS:
        assert default_of(MODELS["Defaults"], key) == default_of(MODELS["Source"], key)


def test_the_reference_in_the_documentation_is_up_to_date() -> None:
    written = (PROJECT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m feedbuilder.config > docs/configuration.md"


def test_the_reference_has_a_row_for_every_key() -> None:
    text = reference()
    assert HEADINGS.keys() == MODELS.keys()
    for name, model in MODELS.items():
        section = text.partition(f"## {HEADINGS[name]}\n")[2].partition("\n## ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        shown = [row.split("`")[1] for row in rows]
        assert shown == [key for key in keys_of(model) if name != "ConfigDocument" or key in {"include", "engine"}]


def test_the_tables_of_the_reference_have_four_columns() -> None:
    for line in reference().splitlines():
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") == 5


def test_the_toml_examples_of_the_reference_are_toml() -> None:
    blocks = reference().split("```toml\n")[1:]
    assert len(blocks) == 5
    for block in blocks:
        assert tomllib.loads(block.partition("```")[0])


def test_a_new_installation_is_valid_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for path, text in starting_config().items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_text(text, encoding="utf-8")
    config = load(None, {})
    assert [source.tags for source in config.sources] == [("World News",)]
    assert (config.site.output, config.store.path) == (tmp_path / "output", tmp_path / "var" / "feedbuilder.db")
    assert all(f"/{folder}/" in starting_config()[".gitignore"] for folder in ("output", "var"))


def test_what_is_commented_out_in_the_starting_configuration_is_valid_too() -> None:
    lines = starting_config()["config/feedbuilder.toml"].splitlines()
    keys = ("url", "contact", "title", "date", "summary", "slug", "tags", "exclude", "[[feed]]")
    opened = [line.removeprefix("# ") if line.startswith(tuple(f"# {key}" for key in keys)) else line for line in lines]
    assert len([line for line, was in zip(opened, lines, strict=True) if line != was]) == 10
    assert errors("\n".join(opened)) == []


def test_editors_find_the_schema_beside_the_starting_configuration() -> None:
    files: dict[str, Any] = starting_config()
    assert files["config/feedbuilder.toml"].startswith("#:schema ./feedbuilder.schema.json\n")
    assert tomllib.loads(files["config/feedbuilder.toml"])
    assert "config/feedbuilder.schema.json" in files
