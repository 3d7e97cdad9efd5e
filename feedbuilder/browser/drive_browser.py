"""The process that drives the browser: `python -m feedbuilder.browser.drive_browser`, started by `shared_browser`.

Opens one page after the other in one Chromium. Ends, with all that it started, when nobody wants a page for a while,
after so many pages, after a page that hung or crashed, and as soon as the program is gone.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO, NoReturn

from playwright.async_api import Browser, Error, Playwright, async_playwright

from feedbuilder.browser.chromium import DROPPED, FLAGS, NOWHERE, find_chromium, keeps_sandbox
from feedbuilder.browser.drive_names import FOLDER
from feedbuilder.browser.load_errors import LoadFailure
from feedbuilder.browser.messages import Failure, Reply, Setup, receive, send
from feedbuilder.browser.open_page import CrashedError, PageOpening
from feedbuilder.fetch.renderer import Opening
from feedbuilder.model.units import format_duration
from feedbuilder.processes.family import end_descendants, memory_of

LAUNCH = 60.0
"""Seconds that starting the browser may take."""
MEMORY_EVERY = 0.2
"""Seconds between two looks at the memory."""


class _MemorySpentError(Exception):
    """The browser took more memory than it may."""


def main() -> NoReturn:
    """Serve until the end; see above."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever prints, prints nothing between answers
    setup: Setup = receive(asked)
    try:
        asyncio.run(_serve(setup, asked, answers))
    finally:
        end()


def end() -> NoReturn:
    """End all that was started here, and this process, whatever hangs."""
    end_descendants(os.getpid())
    folder = Path(tempfile.gettempdir())
    if folder.name.startswith(FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


async def _serve(setup: Setup, asked: BinaryIO, answers: BinaryIO) -> None:
    wanted: asyncio.Queue[Opening] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        try:
            while True:
                loop.call_soon_threadsafe(wanted.put_nowait, receive(asked))
        except (EOFError, OSError, RuntimeError):
            end()  # the program is gone

    threading.Thread(target=listen, name="orders", daemon=True).start()
    browser: Browser | None = None
    async with async_playwright() as playwright:
        for number in range(1, setup.browser.pages + 1):
            try:
                opening = await asyncio.wait_for(wanted.get(), setup.browser.idle.total_seconds())
            except TimeoutError:
                end()
            try:
                browser = browser or await _launched(playwright, setup)
            except (Error, OSError) as error:
                send(answers, Reply(_not_started(error, setup), goes_on=False))
                end()
            reply = await _opened(browser, opening, setup, is_last=number == setup.browser.pages)
            send(answers, reply)
            if not reply.goes_on:
                end()


async def _launched(playwright: Playwright, setup: Setup) -> Browser:
    return await playwright.chromium.launch(
        executable_path=find_chromium(setup.browser),
        headless=True,
        chromium_sandbox=keeps_sandbox(),
        proxy={"server": NOWHERE, "bypass": "<-loopback>"},
        args=list(FLAGS),
        ignore_default_args=list(DROPPED),
        timeout=LAUNCH * 1000,
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
    )


def _not_started(error: Exception, setup: Setup) -> Failure:
    text = str(error)
    if "sandbox" in text and "usable" in text:
        return Failure(
            "The browser was not started: Chromium finds no sandbox that it may use here. Let the system have user "
            "namespaces, or install the package chromium-sandbox. Without it no page of strangers is opened."
        )
    reason = next((line.strip() for line in text.splitlines() if line.strip()), type(error).__name__)
    return Failure(
        f"The browser {find_chromium(setup.browser)} could not be started: {reason[:300]} Try it on its own, and name "
        "another one by executable under [browser]."
    )


async def _opened(browser: Browser, opening: Opening, setup: Setup, *, is_last: bool) -> Reply:
    limit = setup.browser.deadline
    work = PageOpening(browser, opening, setup.fetch, opening.user_agent or _agent(browser, opening.our_name))
    tasks = [asyncio.ensure_future(work.run()), asyncio.ensure_future(_memory_spent(int(setup.browser.memory)))]
    try:
        async with asyncio.timeout(limit.total_seconds()):
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        outcome = next(task for task in tasks if task in done).result()
        return Reply(outcome, goes_on=work.is_closed and not is_last)
    except LoadFailure as failure:
        return Reply(Failure(str(failure), failure.host), goes_on=work.is_closed and not is_last)
    except TimeoutError:
        text = (
            f"was not there within {format_duration(limit)} in a browser, and was ended. Open it in yours; if it is "
            "that slow, raise deadline under [browser], or say what to wait for (wait_for under [source.browser])."
        )
    except _MemorySpentError:
        most = setup.browser.memory.human_readable(decimal=True, separator=" ")
        text = f"took more than {most} of memory in a browser, and was ended. Raise memory under [browser] if need be."
    except CrashedError as error:
        text = f"{error} when it was opened in a browser. That usually passes by itself."
    except Error as error:
        text = f"could not be read in a browser ({error.message.splitlines()[0][:200]})."
    finally:
        for task in tasks:
            task.cancel()
    return Reply(Failure(f"{opening.url} {text}"), goes_on=False)


async def _memory_spent(most: int) -> NoReturn:
    while True:
        if memory_of(os.getpid()) > most:
            raise _MemorySpentError
        await asyncio.sleep(MEMORY_EVERY)


def _agent(browser: Browser, our_name: str) -> str:
    """Return what the browser is, and who uses it: sites may know."""
    major = browser.version.partition(".")[0]
    system = {"darwin": "Macintosh; Intel Mac OS X 10_15_7", "win32": "Windows NT 10.0; Win64; x64"}
    where = system.get(sys.platform, "X11; Linux x86_64")
    engine = "AppleWebKit/537.36 (KHTML, like Gecko)"
    return f"Mozilla/5.0 ({where}) {engine} Chrome/{major}.0.0.0 Safari/537.36 {our_name}".rstrip()


if __name__ == "__main__":
    main()
