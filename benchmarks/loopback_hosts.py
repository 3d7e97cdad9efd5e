"""Hosts on loopback that show lists: a process of its own, so that what it takes is nobody else's (Linux).

    python benchmarks/loopback_hosts.py --hosts 40 --cards 40 --menu 1900

Each host has an address of its own, and any path of it is a list: its counters move at each answer, a story comes now
and then (`--new-every`, in answers of that list), and some answers are 304. When its input ends, it says how many
requests came, and how many at most were at one host at once. Whoever measures uses `hosts`.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass

from bench_extract import FILLER


def address_of(host: int) -> str:
    """Return the loopback address that plays the host with this number."""
    return f"127.1.{host // 250}.{host % 250 + 1}"


@dataclass
class Hosts:
    """The process that plays the hosts."""

    count: int
    process: int
    port: int
    asked: int = 0
    """How many requests came; known after the block, as is the next."""
    most_at_once: int = 0
    """How many requests one host had at once, at most."""

    def url(self, source: int) -> str:
        """Return where the list with the number `source` is."""
        return f"http://{address_of(source % self.count)}:{self.port}/{source}"


@contextmanager
def hosts(count: int, *options: str) -> Iterator[Hosts]:
    """Play so many hosts while the block lasts; `options` are those of this script."""
    command = [sys.executable, __file__, f"--hosts={count}", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - this file
        assert process.stdout is not None
        port = process.stdout.readline()
        if not port:
            raise SystemExit("the hosts do not listen")
        played = Hosts(count, process.pid, int(port))
        yield played
        asked, most = process.communicate("")[0].split()
        played.asked, played.most_at_once = int(asked), int(most)


class _Lists:
    """The lists of all hosts: what each shows at its next visit."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._given = given
        self._visits = Counter[str]()
        self._menu = "".join(FILLER.format(n=n) for n in range(given.menu))

    def answer(self, head: bytes) -> bytes:
        path = head.split()[1].decode()
        if b"If-None-Match" in head and random.random() < self._given.unchanged:  # noqa: S311
            return b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
        self._visits[path] += 1
        body = self._page(path, self._visits[path]).encode()
        return (
            b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: %d\r\n\r\n' % len(body) + body
        )

    def _page(self, path: str, visit: int) -> str:
        newest = self._given.cards + self._given.news * visit // self._given.new_every
        cards = "".join(self._card(path, story, visit) for story in range(newest, newest - self._given.cards, -1))
        return f"<!doctype html><html><body><ul>{self._menu}</ul><main>{cards}</main></body></html>"

    def _card(self, path: str, story: int, visit: int) -> str:
        return (
            f'<article><h2><a href="{path}/{story}">Story {story} of the list {path}</a></h2>'
            f'<p class="summary">{"Talks go on in the capital. " * self._given.sentences}</p>'
            f'<time datetime="2026-02-06T12:00:00Z">today</time><span class="by">Jane Doe</span>'
            f"<i>{visit * 7 + story} comments</i></article>"
        )


async def serve(given: argparse.Namespace) -> None:
    """Answer every request after `latency` seconds; say at the end how many came, and at most at once for one host."""
    now, most, asked, lists = Counter[str](), 0, 0, _Lists(given)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal most, asked
        host = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                asked += 1
                now[host] += 1
                most = max(most, now[host])
                await asyncio.sleep(given.latency)
                now[host] -= 1
                writer.write(lists.answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    first, *others = [address_of(host) for host in range(given.hosts)]
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(await asyncio.start_server(answer, first, 0, backlog=512))
        port = server.sockets[0].getsockname()[1]
        await stack.enter_async_context(await asyncio.start_server(answer, others, port, backlog=512))
        tell(str(port))
        await asyncio.to_thread(sys.stdin.read)
    tell(f"{asked} {most}")


def tell(line: str) -> None:
    """Print at once: somebody reads it."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--cards", type=int, default=20, help="stories that a list shows")
    parser.add_argument("--menu", type=int, default=0, help="links of the menu of each page, 95 bytes each")
    parser.add_argument("--sentences", type=int, default=3, help="sentences of a summary")
    parser.add_argument("--news", type=int, default=1, help="stories that come at once")
    parser.add_argument("--new-every", type=int, default=10, help="answers of a list until stories come")
    parser.add_argument("--unchanged", type=float, default=0.5, help="share of answers that are 304")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds until a host answers")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
