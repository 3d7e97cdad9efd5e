"""FeedFiles -> output/: each file atomically, and only when its bytes differ."""

from feedbuilder.publish.bucket import Bucket
from feedbuilder.publish.folder import Folder

__all__ = ["Bucket", "Folder"]
