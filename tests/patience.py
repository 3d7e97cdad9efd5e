"""How long tests wait for what should come at once: so long that only what never comes is missed.

No test decides by time; a machine may have much else to do. What hangs for good, `timeout` in pyproject.toml ends.
"""

PATIENCE = 300.0
"""Seconds."""
