"""A copy of the program that does nothing but fork: workers for the price of a fork, on Linux.

It is forked once, while the program has one thread: a lock that another thread holds would stay locked in the child for
ever. Best before the program has read anything: what it has then is kept twice, as soon as either touches it. What
workers serve it learns at each request, and loads what that takes at the first, so that they share it. Owns which of
the program's files its processes keep: none but their own connections and stderr.
"""

from __future__ import annotations

import errno
import gc
import os
import pickle
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import NoReturn

from feedbuilder.processes.budget import Budget
from feedbuilder.processes.channel import Channel
from feedbuilder.processes.worker import leave_to_parent, serve

_LAUNCH, _END = b"l", b"e"
_NUMBER = struct.Struct("=i")
_CONTROL = 3
"""The file descriptor of the connection to the program, in the zygote: the first behind the standard streams."""


def can_fork() -> bool:
    """Return whether a zygote may be forked from this process, as it is now.

    Not on macOS, whose libraries do not survive a fork; not where there are threads, those of libraries among them.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - only counted
    except OSError:
        return False


class Zygote:
    """The zygote as the program sees it: a launcher."""

    def __init__(self) -> None:
        """Fork the zygote. Raises OSError."""
        self._control, theirs = socket.socketpair()
        self._lock = Lock()
        with theirs:
            try:
                self._pid = os.fork()
            except OSError:
                self._control.close()
                raise
            if self._pid == 0:
                _live(theirs.fileno())

    def launch(self, made: Callable[[], object], budget: Budget) -> ForkedWorker:
        """Fork a worker. Raises OSError."""
        order = pickle.dumps((made, budget))
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                with self._lock:
                    socket.send_fds(self._control, [_LAUNCH + _NUMBER.pack(0)], [theirs.fileno()])
                    Channel(self._control).send_bytes(order)
                    pid = self._reply()
            except OSError:
                ours.close()
                raise
        if pid < 0:
            ours.close()
            raise OSError(-pid, os.strerror(-pid))
        return ForkedWorker(Channel(ours), pid, self)

    def end(self, pid: int) -> int | None:
        """End the worker with this `pid`; return how it ended, None if the zygote is gone."""
        try:
            with self._lock:
                self._control.sendall(_END + _NUMBER.pack(pid))
                return self._reply()
        except OSError:
            return None

    def close(self) -> None:
        """End the zygote, which takes all workers with it."""
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        with self._lock:  # whoever waits for a reply has got its error
            self._control.close()
            if self._pid:
                os.waitpid(self._pid, 0)
                self._pid = 0

    def _reply(self) -> int:
        answer = self._control.recv(_NUMBER.size, socket.MSG_WAITALL)
        if len(answer) < _NUMBER.size:
            raise BrokenPipeError(errno.EPIPE, "the process that starts the readers is gone")
        return int(_NUMBER.unpack(answer)[0])


@dataclass(frozen=True, slots=True)
class ForkedWorker:
    """A worker that is a child of the zygote."""

    connection: Channel
    pid: int
    zygote: Zygote

    def end(self) -> int | None:
        """End it; return how it ended."""
        self.connection.close()
        return self.zygote.end(self.pid)


def _live(control: int) -> NoReturn:
    """Be the zygote until the program closes the connection `control`, or is gone; then end all workers."""
    children: set[int] = set()
    try:
        # Objects of the program's must never be finalised here: they would unlock its lock and close files by number.
        gc.freeze()
        leave_to_parent()
        _keep_only(control)
        _serve_program(socket.socket(fileno=_CONTROL), children)
    finally:
        for child in children:
            with suppress(OSError):
                _ended(child)  # waited for, so that the program's account of its children is whole
        os._exit(0)


def _serve_program(channel: socket.socket, children: set[int]) -> None:
    """Start and end workers as the program asks; keep the numbers of those that are alive in `children`."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, 1 + _NUMBER.size, 1)
        if len(message) < 1 + _NUMBER.size:
            return
        if message[:1] == _LAUNCH:
            made, budget = pickle.loads(Channel(channel).recv_bytes())  # noqa: S301 - of our own parent
            answer = _forked(channel, descriptors[0], made, budget)
            if answer > 0:
                children.add(answer)
        elif (child := _NUMBER.unpack(message[1:])[0]) in children:
            answer = _ended(child)
            children.remove(child)
        else:
            answer = 0  # it was ended before: its number may be another process's by now
        channel.sendall(_NUMBER.pack(answer))


def _forked(channel: socket.socket, descriptor: int, made: Callable[[], object], budget: Budget) -> int:
    """Fork a worker that serves over `descriptor`; return its number, or that of the error, negative."""
    preloaded = made()  # what it takes to make one is loaded here, once for all
    del preloaded
    gc.freeze()
    try:
        pid = os.fork()
    except OSError as error:
        os.close(descriptor)
        return -(error.errno or errno.EAGAIN)
    if pid == 0:
        try:
            channel.close()
            serve(Channel(socket.socket(fileno=descriptor)), made, budget)
        finally:
            os._exit(0)
    os.close(descriptor)
    return pid


def _ended(pid: int) -> int:
    """End a child; return how it ended. One that ended before is not affected by the signal."""
    os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _keep_only(control: int) -> None:
    """Close every file of the program but stderr: its lock, its store, its sockets; `control` becomes `_CONTROL`."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.dup2(control, _CONTROL)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - numbers, no paths
        if int(name) > _CONTROL:
            with suppress(OSError):  # that of the listing itself is closed already
                os.close(int(name))
