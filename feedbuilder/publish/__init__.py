"""FeedFiles -> output/: each file atomically, and only when its bytes differ."""

from typing import TypeAlias

from feedbuilder.publish.bucket import Bucket
from feedbuilder.publish.folder import Folder

Output: TypeAlias = Folder | Bucket
"""Where files are published to."""

__all__ = ["Bucket", "Folder", "Output"]
