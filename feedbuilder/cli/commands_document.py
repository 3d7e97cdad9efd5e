"""The commands for people to read, as Markdown and as a manual page: made from the help of each, so that it cannot lie.

Owns the two forms, and what holds for all commands. Loads every command; nothing at run time needs it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedbuilder.cli.command_table import COMMANDS, loaded

_SHARED = ("config", "verbose", "quiet")
_INTRODUCTION = (
    "Made from the help of the commands (`python -m feedbuilder.cli > docs/commands.md`). A shell completes them after "
    "`feedbuilder --install-completion`; installed as a package, `man feedbuilder` shows this page."
)
ABOUT = "feedbuilder reads pages that list articles, remembers each, and writes feeds as static files."
EXIT_CODES = {
    "0": "All well.",
    "1": "Some source failed (the others are published), the output could not be written, or this machine's clock is "
    "wrong.",
    "2": "Wrong usage, configuration or store; nothing was touched.",
}
ENVIRONMENT = {
    "FEEDBUILDER_CONFIG": "The configuration file, where -c names none.",
    "FEEDBUILDER_LOG": '"json": log lines are JSON objects.',
    "FEEDBUILDER_STUDIO_PASSWORD": "The password of the studio, where others than this machine can reach it.",
    "NO_COLOR": "No colours, whatever its value.",
}
FILES = {
    "config/feedbuilder.toml": "The configuration; else feedbuilder.toml, in the working folder.",
    "var/feedbuilder.db": "What is remembered, unless the configuration names another place.",
    "output/": "The feeds, likewise.",
}


@dataclass(frozen=True, slots=True)
class _Option:
    names: tuple[str, ...]
    value: str
    """What it takes; empty for a switch."""
    text: str


@dataclass(frozen=True, slots=True)
class _Described:
    name: str
    synopsis: str
    paragraphs: tuple[str, ...]
    arguments: tuple[_Option, ...]
    options: tuple[_Option, ...]


def _described(name: str) -> _Described:
    command = loaded(name)
    paragraphs = tuple(" ".join(part.split()) for part in inspect.cleandoc(command.help or "").split("\n\n"))
    arguments = tuple(_argument(one) for one in command.params if one.param_type_name == "argument")
    options = tuple(_option(one) for one in command.params if one.param_type_name == "option")
    words = [name, "[OPTIONS]" if options else "", *(one.names[0] for one in arguments)]
    return _Described(name, " ".join(filter(None, words)), paragraphs, arguments, options)


def _argument(parameter: Any) -> _Option:
    name = parameter.name.upper()
    if parameter.nargs < 0:
        name = name.removesuffix("S") + "…"
    return _Option((name if parameter.required else f"[{name}]",), "", parameter.help or "")


def _option(parameter: Any) -> _Option:
    value = "" if parameter.is_flag else parameter.metavar or max(parameter.opts, key=len).lstrip("-").upper()
    text = parameter.help or ""
    if parameter.show_default and parameter.default not in (None, False, True):
        text += f" Without it: {parameter.default}."
    return _Option((*parameter.opts, *parameter.secondary_opts), value, text)


def _shared() -> Sequence[_Option]:
    parameters = {one.name: one for one in loaded("status").params}
    return [_option(parameters[name]) for name in _SHARED]


def _own(command: _Described) -> list[_Option]:
    shared = {one.names for one in _shared()}
    return [one for one in command.options if one.names not in shared]


def markdown() -> str:
    """Return docs/commands.md."""
    lines = [
        "# Commands",
        "",
        _INTRODUCTION,
        "",
        "All commands take these options, before or after their names:",
        "",
        *_table(_shared()),
        "",
        *_facts("exit code", EXIT_CODES),
        "",
        *_facts("variable of the environment", ENVIRONMENT),
        "",
    ]
    for name in COMMANDS:
        command = _described(name)
        lines += [f"## {name}", "", "```text", f"feedbuilder {command.synopsis}", "```", ""]
        for paragraph in command.paragraphs:
            lines += [_marked(paragraph), ""]
        if rows := [*command.arguments, *_own(command)]:
            lines += [*_table(rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(options: Sequence[_Option]) -> list[str]:
    rows = [f"| {_names(one)} | {_marked(one.text)} |" for one in options]
    return ["| option | what it does |", "|---|---|", *rows]


def _facts(what: str, facts: Mapping[str, str]) -> list[str]:
    return [f"| {what} | what it means |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in facts.items())]


def _names(option: _Option) -> str:
    value = f" {option.value}".rstrip().replace("|", "\\|")
    return ", ".join(f"`{name}{value}`" for name in option.names)


def _marked(text: str) -> str:
    """Return `text` with options and variables in code marks, which help texts do without."""
    return re.sub(r"(?<![\w`-])(--?[a-z][\w-]*|FEEDBUILDER_\w+|config/feedbuilder\.toml)(?![\w`])", r"`\1`", text)


def manual() -> str:
    """Return the manual page feedbuilder(1), as man(7)."""
    lines = ['.TH FEEDBUILDER 1 "" "feedbuilder" "User Commands"', ".SH NAME"]
    lines += [r"feedbuilder \- RSS, Atom and JSON feeds for sites that offer none", ".SH SYNOPSIS"]
    lines += [".B feedbuilder", r"[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]", ".SH DESCRIPTION", _roff(ABOUT)]
    lines += [".SH OPTIONS", "These may stand before or after the command.", *_tagged(_shared())]
    lines += [".SH COMMANDS"]
    for name in COMMANDS:
        command = _described(name)
        lines += [f".SS {_roff(command.synopsis)}"]
        for number, paragraph in enumerate(command.paragraphs):
            lines += [*([".PP"] if number else []), _roff(paragraph)]
        lines += _tagged([*command.arguments, *_own(command)])
    for heading, facts in (("EXIT STATUS", EXIT_CODES), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        lines += [f".SH {heading}", *_tagged([_Option((name,), "", text) for name, text in facts.items()])]
    return "\n".join(lines) + "\n"


def _tagged(options: Sequence[_Option]) -> list[str]:
    lines = []
    for one in options:
        value = rf" \fI{_roff(one.value)}\fR" if one.value else ""
        names = ", ".join(rf"\fB{_roff(name)}\fR{value}" for name in one.names)
        lines += [".TP", names, _roff(one.text)]
    return lines


def _roff(text: str) -> str:
    """Return `text` as it stands in a line of man(7)."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace("`", "").replace("…", "...")
    return rf"\&{escaped}" if escaped[:1] in {".", "'"} else escaped
