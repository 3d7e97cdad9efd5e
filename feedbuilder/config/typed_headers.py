"""Request headers as people type them, `Name: value` a line, with secrets left in the environment: `${NAME}`.

Owns that no secret gets into a file this way. Pure: the environment comes in as a mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from feedbuilder.config.checks import header_faults
from feedbuilder.config.variables import fill_in, variables_in
from feedbuilder.masking import is_secret_name
from feedbuilder.model import ConfigError

_OURS = "FEEDBUILDER_"
"""How the names of our own variables begin; the password of the studio is in one."""


@dataclass(frozen=True, slots=True)
class TypedHeaders:
    """Headers of one source."""

    written: Mapping[str, str] = field(default_factory=dict)
    """As they stand in the file, variables not filled in."""
    filled: Mapping[str, str] = field(default_factory=dict, repr=False)
    """As they are sent."""
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """What was filled in."""

    @classmethod
    def of(cls, lines: Iterable[str], environ: Mapping[str, str]) -> TypedHeaders:
        """Return the headers that `lines` say. Raises ConfigError, with a sentence for each that cannot be taken."""
        written: dict[str, str] = {}
        problems = []
        for line in filter(None, map(str.strip, lines)):
            name, colon, content = (part.strip() for part in line.partition(":"))
            if not colon or not content:
                # What stands there may be a secret: it is not said again.
                problems.append("a request header is its name, a colon and its content, such as X-Client: reader")
            elif is_secret_name(name) and not any(variables_in(content)):
                problems.append(
                    f"the secret in {name} does not go into the file: put it into an environment variable of "
                    "feedbuilder, say SITE_TOKEN, and write ${SITE_TOKEN} in its place"
                )
            elif any(variable.startswith(_OURS) for _, variable in variables_in(content)):
                problems.append(f"{name}: what stands in a variable {_OURS}… is feedbuilder's own, and goes to no site")
            else:
                written[name] = content
        faults: dict[tuple[str | int, ...], str] = {}
        filled = fill_in(written, environ, faults)
        faults |= {path: message for path, message in header_faults(filled) if path not in faults}
        problems += [f"{path[0]}: {message}" for path, message in faults.items()]
        if problems:
            raise ConfigError(*problems)
        return cls(written, filled, tuple(environ[name] for _, name in variables_in(written)))

    @property
    def has_secret(self) -> bool:
        """Return whether a secret is written out in it."""
        return any(is_secret_name(name) and not any(variables_in(text)) for name, text in self.written.items())

    def __str__(self) -> str:
        return "\n".join(f"{name}: {content}" for name, content in self.written.items())


NO_HEADERS = TypedHeaders()
