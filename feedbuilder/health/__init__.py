"""What happens to sources that people should hear of, and how it is told them. Pure.

Knows no store, no network, no clock and no page: runs and states in, events and their texts out.
"""

from feedbuilder.health.checkup import Checkup, check_up
from feedbuilder.health.incidents import PATIENCE, weigh
from feedbuilder.health.silence import unusual_silence
from feedbuilder.health.wording import Telling, standing, told

__all__ = ["PATIENCE", "Checkup", "Telling", "check_up", "standing", "told", "unusual_silence", "weigh"]
