"""One call of a command: the shared options -c, -v and -q, the consoles, the exit codes and how errors are printed."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO, cast

import typer
from typer.core import TyperCommand

from feedbuilder.cli.app import ConfigOption, QuietOption, VerboseOption
from feedbuilder.config import Config, load, place
from feedbuilder.logger import log
from feedbuilder.masking import mask_known, mask_text
from feedbuilder.model import ClockError, ConfigError, ExtractError, FeedbuilderError, FetchError, PublishError

if TYPE_CHECKING:
    from rich.console import Console


class Exit(IntEnum):
    """What the process tells its caller."""

    OK = 0
    FAILED = 1
    """Some source failed, or the output could not be written."""
    USAGE = 2
    """Wrong usage, configuration or store; nothing was touched."""


INTERRUPTED = 130
"""What shells expect of a process that Ctrl-C ended."""
# Errors of the world outside; all others of ours are for the person who configures.
_EXIT_FAILED = (ClockError, FetchError, ExtractError, PublishError)


@dataclass(frozen=True)
class Call:
    """One call of the program: the shared options, and where to talk to the user."""

    config_path: Path | None
    verbose: bool
    quiet: bool

    @cached_property
    def out(self) -> Console:
        """Return standard output.

        Links and texts of articles are shown as they are, but for what is known to be a secret.
        """
        return _console(mask_known, soft_wrap=not sys.stdout.isatty())

    @cached_property
    def err(self) -> Console:
        """Return standard error."""
        return _console(mask_text, stderr=True, soft_wrap=True)

    def load(self) -> Config:
        """Return the configuration. Raises ConfigError."""
        return load(self.config_path, os.environ)

    @property
    def config_file(self) -> Path:
        """Return where the configuration is, or would be if there were one."""
        return place(self.config_path, os.environ)

    @property
    def can_ask(self) -> bool:
        """Return whether a person sits at a terminal and can answer."""
        return sys.stdin.isatty() and sys.stdout.isatty()

    @property
    def interactive(self) -> bool:
        """Return whether a person watches: progress bars and colours instead of log lines."""
        return sys.stderr.isatty() and not self.quiet and not self.verbose

    @property
    def is_watched(self) -> bool:
        """Return whether reports of success are wanted: cron mails what is printed, and nobody wants such a mail."""
        return not self.quiet and (self.verbose or sys.stdout.isatty() or sys.stderr.isatty())

    def say(self, text: str) -> None:
        """Print a line for the person who called, unless they asked for quiet. `text` is Rich markup."""
        if not self.quiet:
            self.out.print(text)

    def tell(self, text: str) -> None:
        """Print a line beside the answer, where it spoils no `--json`; as `say` otherwise."""
        if not self.quiet:
            self.err.print(text)


def _console(mask: Callable[[str], str], **settings: bool) -> Console:
    from feedbuilder.cli.masked_console import MaskedConsole  # noqa: PLC0415 - what cron calls mostly says nothing

    return MaskedConsole(mask, highlight=False, **settings)


def _escaped(text: str) -> str:
    from rich.markup import escape  # noqa: PLC0415 - as above

    return escape(text)


class _StandardError(io.TextIOBase):
    """Standard error as it is at the moment: while a bar is shown, lines go above it."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()

    def isatty(self) -> bool:
        return sys.stderr.isatty()


_shared_options = typer.Typer(add_completion=False)


@_shared_options.command()
def _shared(config: ConfigOption = None, verbose: VerboseOption = False, quiet: QuietOption = False) -> None:
    """Have the options that all commands take; never run."""


_SHARED = typer.main.get_command(_shared_options).params


class Command(TyperCommand):
    """A command with the shared options behind its own; its function finds its `Call` in `context.obj`.

    What the function returns is the exit code; expected errors are printed as messages.
    """

    shows_progress = False
    """Whether it shows a progress bar where a person watches; the log is quiet there."""
    silent_unwatched = False
    """Whether it logs warnings and errors only where nobody watches."""
    logs = True
    """Whether anything that it calls may log; setting up the log takes longer than looking something up."""
    bare: Mapping[str, Sequence[str]] = {}
    """Options that may stand without a value, with all values that they may have; without one, the first is meant."""

    def __init__(self, *args: Any, params: Sequence[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, params=[*(params or ()), *_SHARED], **kwargs)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read `args`, with the values that options of `bare` have without one."""
        words: list[str] = []
        for number, word in enumerate(args, 1):
            words.append(word)
            if word in self.bare and not {*args[number : number + 1]} & {*self.bare[word]}:
                words.append(self.bare[word][0])
        rest: list[str] = super().parse_args(ctx, words)
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help with "[[feed]]" as it is: Typer takes what stands in brackets for colours."""
        shown = copy(self)
        shown.help = _escaped(self.help or "")
        shown.params = [copy(one) for one in self.params]
        for one in cast(list[Any], shown.params):
            one.help = _escaped(one.help or "")
        super(Command, shown).format_help(ctx, formatter)

    def invoke(self, ctx: Any) -> NoReturn:
        """Run the command and exit with its code."""
        before = ctx.parent.params if ctx.parent else {}
        shared = {option.name: ctx.params.pop(option.name) or before.get(option.name) for option in _SHARED}
        config = shared["config"]
        ctx.obj = call = Call(config and Path(config), bool(shared["verbose"]), bool(shared["quiet"]))
        if self.logs:
            self._set_up_log(call)
        raise typer.Exit(_guarded(partial(super().invoke, ctx), call))

    def _set_up_log(self, call: Call) -> None:
        silent = call.quiet or (self.shows_progress and call.interactive)
        silent |= self.silent_unwatched and not call.is_watched
        form = os.environ.get("FEEDBUILDER_LOG", "")
        if form not in ("", "json"):
            call.err.print(f'[yellow]warning[/]: FEEDBUILDER_LOG is "{_escaped(form)}", expected "json"')
        set_up = partial(_configure_log, call, silent=silent, as_json=form == "json")
        if silent and self.silent_unwatched:
            log.wait(logging.WARNING, set_up)
        else:
            set_up()


def _configure_log(call: Call, *, silent: bool, as_json: bool) -> None:
    from feedbuilder.log import configure, is_journal  # noqa: PLC0415 - see `Command.logs`

    configure(
        verbose=call.verbose,
        quiet=silent,
        stream=cast("TextIO", _StandardError()),
        colours=not os.environ.get("NO_COLOR"),  # no-color.org
        as_json=as_json,
        timed=as_json or not is_journal(sys.stderr, os.environ.get("JOURNAL_STREAM")),
    )


def _guarded(run: Callable[[], Exit | None], call: Call) -> int:
    """Run a command; print expected errors as messages; bugs keep their traceback."""
    try:
        return int(run() or Exit.OK)
    except ConfigError as error:
        for problem in error.problems:
            call.err.print(f"[bold red]error[/]: {_escaped(problem)}")
        return Exit.USAGE
    except FeedbuilderError as error:
        call.err.print(f"[bold red]error[/]: {_escaped(str(error))}")
        return Exit.FAILED if isinstance(error, _EXIT_FAILED) else Exit.USAGE
    except KeyboardInterrupt:
        call.err.print("\nstopped; what was read is kept")
        call.err.file.flush()
        # At once, as shells expect after SIGINT: readings that hang in the network have written nothing.
        os._exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (`| head`) went away; nothing is left to say, at exit neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK


def command(
    *,
    shows_progress: bool = False,
    silent_unwatched: bool = False,
    logs: bool = True,
    bare: Mapping[str, Sequence[str]] | None = None,
) -> Callable[[Callable[..., Exit | None]], Command]:
    """Make the function below a command: its name, options and help are those of the function."""

    def made(function: Callable[..., Exit | None]) -> Command:
        alone = typer.Typer(add_completion=False)
        alone.command(function.__name__.rstrip("_"), cls=Command)(function)
        found = typer.main.get_command(alone)
        assert isinstance(found, Command)
        found.shows_progress, found.silent_unwatched, found.logs = shows_progress, silent_unwatched, logs
        found.bare = bare or {}
        return found

    return made
