"""An installation in one file, and back: its configuration, its store, and feeds that nothing else could make again.

Owns what belongs into such a file, its form, and how it is put back. Knows no page, no item and no feed format.
"""

from feedbuilder.backup.manifest import Manifest
from feedbuilder.backup.restore_backup import Restored, restore_backup
from feedbuilder.backup.write_backup import write_backup

__all__ = ["Manifest", "Restored", "restore_backup", "write_backup"]
