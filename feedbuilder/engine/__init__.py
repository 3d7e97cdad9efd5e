"""When and where sources are read: once (`build`), or for ever on one machine (`Runner`)."""

from feedbuilder.engine.installation import Clock, Installation, Publication, system_clock
from feedbuilder.engine.once import BuildReport, build, refuse_stranger
from feedbuilder.engine.runner import Runner

__all__ = ["BuildReport", "Clock", "Installation", "Publication", "Runner", "build", "refuse_stranger", "system_clock"]
