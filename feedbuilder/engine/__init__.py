"""When and where sources are read: once (`build`), or for ever on one machine (`Runner`); how they are doing."""

from typing import TYPE_CHECKING

from feedbuilder.loading import on_demand

if TYPE_CHECKING:
    from feedbuilder.engine.clock import Clock, system_clock
    from feedbuilder.engine.installation import Installation, Publication
    from feedbuilder.engine.once import BuildReport, Steps, build, refuse_stranger
    from feedbuilder.engine.runner import Runner
else:
    __getattr__ = on_demand(
        __name__,
        {
            "BuildReport": "once",
            "Steps": "once",
            "Clock": "clock",
            "Installation": "installation",
            "Publication": "installation",
            "Runner": "runner",
            "build": "once",
            "refuse_stranger": "once",
            "system_clock": "clock",
        },
    )

__all__ = [
    "BuildReport",
    "Clock",
    "Installation",
    "Publication",
    "Runner",
    "Steps",
    "build",
    "refuse_stranger",
    "system_clock",
]
