"""Which folder is served on this machine, for the commands that do."""

from __future__ import annotations

from pathlib import Path

from feedbuilder.model import PublishError, Site


def served_folder(site: Site) -> Path:
    """Return the output folder. Raises PublishError for a bucket, which its service serves, and for what is none."""
    if site.bucket is not None:
        raise PublishError(
            f"feeds are written to {site.bucket.url}, whose service serves them: there is no folder here"
        )
    if site.output.exists() and not site.output.is_dir():
        raise PublishError(f"{site.output} is a file where the output folder should be; remove it, or set site.output")
    return site.output
