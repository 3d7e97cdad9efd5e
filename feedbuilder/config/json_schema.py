"""The JSON Schema of the configuration file: completion, hover texts and red lines in editors.

Made from the models, and adapted to the file: TOML has no null, every value may come from a variable, sources take
defaults. It refuses nothing that `load` admits, but `load` checks more.
"""

from __future__ import annotations

from typing import Any

from feedbuilder.config.examples import example
from feedbuilder.config.file_shape import MODELS, ConfigDocument, default_of
from feedbuilder.model import SourceKind

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_VARIABLE = {
    "description": "A variable of the environment.",
    "pattern": r"\$\{[A-Za-z_][A-Za-z0-9_]*\}",
    "type": "string",
}
_NOTES = ("description", "default", "examples")
_STRICT = ("pattern", "format", "minimum", "maximum", "minLength")


def schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of a whole configuration file; of included files too, which use less of it."""
    made = ConfigDocument.model_json_schema(mode="validation")
    for name, model in {"ConfigDocument": made, **made["$defs"]}.items():
        for key, value in model["properties"].items():
            value.pop("default", None)  # pydantic writes durations its own way
            for note, content in (("default", default_of(MODELS[name], key)), ("examples", example(name, key))):
                if content is not None:
                    value[note] = [content] if note == "examples" else content
    _needing_selectors_by_kind(made["$defs"]["Source"])
    made["$defs"] = {name: _for_toml(model) for name, model in made["$defs"].items()} | {"Variable": _VARIABLE}
    return {"$schema": DRAFT, **_for_toml(made), "title": "feedbuilder configuration"}


def _needing_selectors_by_kind(source: dict[str, Any]) -> None:
    """Say in the schema of a source that a feed and a sitemap have no selectors, which all others must have."""
    source["required"].remove("selectors")
    described = [kind.value for kind in SourceKind if kind.is_described]
    source["if"] = {"properties": {"kind": {"enum": described}}, "required": ["kind"]}
    source["then"] = {"not": {"required": ["selectors"]}}
    source["else"] = {"required": ["selectors"]}


def _for_toml(node: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without null and made-up titles, and with a variable allowed wherever one value stands."""
    node = {key: rule for key, rule in node.items() if key != "title" or not isinstance(rule, str)}
    if "properties" in node:
        node["properties"] = {key: _for_toml(value) for key, value in node["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            node[key] = _for_toml(node[key])
    if "anyOf" in node:
        kinds = [_for_toml(kind) for kind in node.pop("anyOf") if kind.get("type") != "null"]
        return {**kinds[0], **node} if len(kinds) == 1 else {**node, "anyOf": kinds}
    text = node.get("type") == "string"
    if (text and any(rule in node for rule in _STRICT)) or node.get("type") in ("integer", "boolean"):
        notes = {key: node.pop(key) for key in _NOTES if key in node}
        return notes | {"anyOf": [node, {"$ref": "#/$defs/Variable"}]}
    return node
