"""How far in the future a date may lie and still be believed. Shared by those who read dates and who keep them."""

from __future__ import annotations

from datetime import timedelta

FUTURE_TOLERANCE = timedelta(minutes=5)
"""How far a site's clock may run ahead of ours. What lies later is a mistake or an announcement, not a publication."""
