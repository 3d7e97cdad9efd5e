"""The document that stands in the frame, and the headers under which it is served.

Two walls stand between a hostile page and the studio, each enough by itself: what is written holds nothing that acts
(`page_view`), and the browser is told that nothing may. The document has an origin of its own, shared with nobody, also
where somebody opens its address in a tab: it has no cookies, sees no other document and is seen by none. One script
runs in it, ours, known by its hash; it says by messages which element was clicked, and is told what to outline.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from feedbuilder.studio.frame_script import frame_script
from feedbuilder.studio.page_view import ShownPage
from feedbuilder.studio.site_assets import origin_of

SANDBOX = "allow-scripts"
"""For the attribute of the `<iframe>`, and for the policy. Never with `allow-same-origin`, which would undo it."""


def frame_document(view: ShownPage) -> str:
    """Return `view` as a whole document."""
    return (
        f"{view.doctype}<html{view.html_attributes}><head>"
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The page</title>'
        # Not deferred: that would wait for stylesheets, and those for a site that may be slow.
        f'<script type="module" async>{frame_script()}</script>'
        # Before all others: a layer without a name, weakest in what it suggests and strongest in what it insists on.
        f"<style>{_own('frame.css')}</style>{view.head}"
        f"</head><body{view.body_attributes}>{view.body}</body></html>"
    )


def frame_headers(view: ShownPage) -> dict[str, str]:
    """Return the headers for `frame_document(view)`."""
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": _policy(view),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _policy(view: ShownPage) -> str:
    asked = ["https:"] if view.loads else []
    if view.loads and view.url.startswith("http:") and (own := origin_of(view.url)):
        asked.append(own)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(frame_script())}",
            " ".join(("style-src 'unsafe-inline'", *asked)),
            " ".join(("img-src", *(["data:", *asked] if asked else ["'none'"]))),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
            f"sandbox {SANDBOX}",
        )
    )


@cache
def _own(name: str) -> str:
    """Return one of our own files."""
    return files("feedbuilder.studio").joinpath("static", name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
