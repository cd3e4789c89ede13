# SPDX-License-Identifier: MIT
"""The events of a session, read once and told to everyone who asks.

The library gives each event of a handle to one reader. Here they are kept, so that iterators, also on
several threads, do not take them from one another.
"""
import ctypes
import threading
from typing import List

from . import _abi
from ._handle import Use
from ._library import lib
from ._read import read
from .values import Event

_KEPT = 4096  # a listener's day has fewer


class EventLog:
    """What has happened since the handle was made; positions count from its first event."""

    def __init__(self, use: Use) -> None:
        self._use = use
        self._events: List[Event] = []
        self._dropped = 0
        self._read = threading.Lock()  # held by the one who asks the library
        self._changed = threading.Condition()

    def after(self, position: int, wait_ms: int) -> "tuple[List[Event], int]":
        """What came at `position` and after it, and the position to ask for next. When there is
        nothing, waits that long for something."""
        with self._use:
            pass  # a closed session has no more
        if position >= self._end():
            self._wait(position, wait_ms)
        self._drain()
        with self._changed:
            first = max(0, position - self._dropped)
            return self._events[first:], self._dropped + len(self._events)

    def _end(self) -> int:
        with self._changed:
            return self._dropped + len(self._events)

    def _wait(self, position: int, wait_ms: int) -> None:
        if self._read.acquire(blocking=False):
            try:
                self._take(wait_ms)
            finally:
                self._read.release()
        elif wait_ms:
            with self._changed:
                self._changed.wait_for(lambda: self._dropped + len(self._events) > position,
                                       wait_ms / 1000)

    def _drain(self) -> None:
        if self._read.acquire(blocking=False):
            try:
                while self._take(0):
                    pass
            finally:
                self._read.release()

    def _take(self, wait_ms: int) -> bool:
        event = _abi.focus_event()
        with self._use as session:
            if wait_ms:
                lib.focus_session_wait_event(session, wait_ms, ctypes.byref(event))
            else:
                lib.focus_session_poll_event(session, ctypes.byref(event))
        if event.type == 0:
            return False
        with self._changed:
            self._events.append(read(Event, event))
            if len(self._events) > _KEPT:
                del self._events[0]
                self._dropped += 1
            self._changed.notify_all()
        return True
