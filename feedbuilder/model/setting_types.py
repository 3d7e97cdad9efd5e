"""What all configuration models are made of: their base class, and checked texts such as patterns and addresses.

Knows no setting by name.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema


class Settings(BaseModel):
    """The common ground of configuration models: immutable, and a key that is not known is a mistake.

    What validates one is built when it is asked for first: of those that are parts of others it never is. A default is
    made by `model_construct`, which asks for none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


def as_list(value: Any) -> Any:
    """Return a list of one for a text, for keys that take one or several."""
    return [value] if isinstance(value, str) else value


def compile_pattern(text: Any) -> re.Pattern[str]:
    """Return the regular expression `text`, case ignored. Raises ValueError with the place of the fault."""
    if isinstance(text, re.Pattern):
        return text
    if not isinstance(text, str):
        raise ValueError("expected a regular expression in quotes")  # noqa: TRY004 - pydantic wants ValueError
    try:
        return re.compile(text, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from error


Pattern = Annotated[
    re.Pattern[str],
    BeforeValidator(compile_pattern),
    PlainSerializer(lambda pattern: pattern.pattern),
    WithJsonSchema({"type": "string", "format": "regex"}),
]
"""A regular expression (Python's `re`), searched for anywhere in the text, case ignored."""


def http_url(text: str) -> str:
    """Return `text` if it is an absolute http or https URL. Raises ValueError otherwise."""
    if not re.match(r"https?://[^/?#\s]+[^\s]*$", text, re.IGNORECASE):
        raise ValueError('expected a web address, such as "https://example.org/news"')
    return text


HttpUrl = Annotated[str, AfterValidator(http_url), Field(json_schema_extra={"format": "uri"})]


def postgres_url(text: str) -> str:
    """Return `text` if it is the address of a PostgreSQL database. Raises ValueError otherwise."""
    if not re.match(r"postgres(ql)?(\+psycopg)?://[^\s]+$", text):
        raise ValueError('expected the address of a PostgreSQL database: "postgresql://name:${PASSWORD}@host/database"')
    return text


PostgresUrl = Annotated[str, AfterValidator(postgres_url)]


def proxy_url(text: str) -> str:
    """Return `text` if it is the address of a proxy. Raises ValueError otherwise."""
    if not re.match(r"(?:https?|socks5h?)://[^/?#\s]+/?$", text, re.IGNORECASE):
        raise ValueError('expected the address of a proxy, such as "http://proxy.example:3128" or "socks5://host:1080"')
    return text


ProxyUrl = Annotated[str, AfterValidator(proxy_url), Field(json_schema_extra={"format": "uri"})]


def bucket_url(text: str) -> str:
    """Return `text` if it is the address of a bucket. Raises ValueError otherwise."""
    if not re.match(r"(s3a?|gs|az|adl|azure|abfss?)://[^/?#\s]+[^?#\s]*$", text):
        raise ValueError('expected the address of a bucket: "s3://name/folder", "gs://name/folder" or "az://…"')
    return text.rstrip("/")


BucketUrl = Annotated[str, AfterValidator(bucket_url)]

Engine = Literal["local", "procrastinate"]
