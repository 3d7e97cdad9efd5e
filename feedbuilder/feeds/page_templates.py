"""How pages are made of templates: all that is put into one is escaped, and a name that is not there is a mistake.

Owns how templates are compiled, and where that is kept: beside the compiled modules of Python, and by the same rules.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from feedbuilder.model.program_version import installed


def page_templates(package: str) -> Environment:
    """Return the templates in the folder `templates` of `package`."""
    return Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=CompiledTemplates(),
    )


class CompiledTemplates(BytecodeCache):
    """Keeps each template compiled in the folder `__pycache__` beside it, where that may be written; else not at all.

    What is kept counts for one text, one version of Jinja and of Python, and this module, which says how to compile.
    """

    def __init__(self) -> None:
        self._by = f"{MAGIC_NUMBER!r} {installed('jinja2')} ".encode()
        with suppress(OSError):  # in an archive there are no files, and nothing is kept beside them
            self._by += Path(__file__).read_bytes()

    def get_cache_key(self, _name: str, filename: str | None = None) -> str:
        """Return where the compiled template lies; "" for one that is no file, or where Python keeps none."""
        if filename is None or sys.implementation.cache_tag is None:
            return ""
        return cache_from_source(f"{filename}.py")

    def get_source_checksum(self, source: str) -> str:
        """Return by what it is known that the compiled template is of this text, and as it would be compiled now."""
        return hashlib.sha256(self._by + source.encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is of this text."""
        head = bucket.checksum.encode()
        with suppress(OSError, EOFError, ValueError, TypeError):
            kept = Path(bucket.key).read_bytes()
            if kept.startswith(head):
                bucket.code = marshal.loads(kept[len(head) :])  # noqa: S302 - as Python takes its own from there

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the compiled template: whole or not at all, and in nobody's way."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        place = Path(bucket.key)
        temporary = place.with_name(f"{place.name}.{os.getpid()}")
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
            temporary.replace(place)
