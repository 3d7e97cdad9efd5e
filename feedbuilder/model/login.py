"""How a site lets its readers in: the `[logins.NAME]` tables, which sources name by `login`.

Configuration models, as in `source`. What they hold of secrets comes from the environment; `config` sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, WithJsonSchema, model_validator

from feedbuilder.model.setting_types import HttpUrl, Settings


class LoginKind(StrEnum):
    """How one shows who one is."""

    FORM = "form"
    """A page with a form, as for people; the site then knows one by its cookies."""
    BASIC = "basic"
    """User and password with each request (RFC 7617)."""
    DIGEST = "digest"
    """A proof of the password with each request (RFC 7616)."""
    BEARER = "bearer"
    """A token with each request (RFC 6750)."""
    COOKIES = "cookies"
    """The cookies of a session that was begun in a browser."""
    CERTIFICATE = "certificate"
    """A certificate of one's own, shown as the connection is made (RFC 8446 §4.4.2)."""


_NEEDED: Mapping[LoginKind, tuple[str, ...]] = {
    LoginKind.FORM: ("url", "fields"),
    LoginKind.BASIC: ("user", "password"),
    LoginKind.DIGEST: ("user", "password"),
    LoginKind.BEARER: ("token",),
    LoginKind.COOKIES: ("cookies",),
    LoginKind.CERTIFICATE: ("certificate",),
}
_ALLOWED: Mapping[LoginKind, tuple[str, ...]] = {
    LoginKind.FORM: ("also", "form", "action", "success"),
    LoginKind.COOKIES: ("success",),
}
_ALWAYS = ("kind", "certificate", "key")


@dataclass(frozen=True, slots=True)
class LoginForm:
    """A form, filled in and ready to be sent."""

    action: str
    """Absolute."""
    body: bytes
    media_type: str


class Login(Settings):
    """How one site lets us in."""

    kind: Annotated[LoginKind, WithJsonSchema({"type": "string", "enum": [one.value for one in LoginKind]})] = Field(
        LoginKind.FORM,
        description=(
            'How: a "form" that is filled in as people do, user and password by "basic" or "digest", a token by '
            '"bearer", the "cookies" of a browser, a "certificate" of your own.'
        ),
    )
    url: HttpUrl | None = Field(None, description="The address of the page with the form; for a form only.")
    fields: dict[str, str] = Field(
        default_factory=dict,
        description="What is filled into the form, by the names of its fields; each from a variable of the "
        "environment. Hidden fields and tokens are taken from the form itself.",
    )
    also: dict[str, str] = Field(
        default_factory=dict, description="Fields of the form that are no secret and not as it fills them in itself."
    )
    form: Annotated[str, Field(min_length=1)] | None = Field(
        None, description="CSS selector of the form. Without it: the one that has these fields."
    )
    action: HttpUrl | None = Field(
        None,
        description="Where the form may send them, if that is another host than the page's; else it is not sent there.",
    )
    success: Annotated[str, Field(min_length=1)] | None = Field(
        None,
        description="CSS selector of what only a page has that knows us, such as a link that logs out. Without it: a "
        "page that does not show the form again.",
    )
    user: str | None = Field(None, description="For basic and digest.")
    password: str | None = Field(None, description="For basic and digest; from a variable of the environment.")
    token: str | None = Field(None, description="For bearer; from a variable of the environment.")
    cookies: dict[str, str] = Field(
        default_factory=dict, description="For cookies, by their names; each from a variable of the environment."
    )
    certificate: Path | None = Field(
        None, description="A file with your certificate (PEM), relative to the configuration file."
    )
    key: Path | None = Field(None, description="A file with its key, where the certificate's own does not hold it.")

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        needed = _NEEDED[self.kind]
        if missing := [key for key in needed if not getattr(self, key)]:
            raise ValueError(f'missing key "{missing[0]}", which kind = "{self.kind}" needs')
        allowed = {*needed, *_ALLOWED.get(self.kind, ()), *_ALWAYS}
        if useless := [key for key in type(self).model_fields if getattr(self, key) and key not in allowed]:
            raise ValueError(f'kind = "{self.kind}" has no use for "{useless[0]}"')
        if self.key is not None and self.certificate is None:
            raise ValueError('"key" goes with "certificate"')
        return self
