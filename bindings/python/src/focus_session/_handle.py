# SPDX-License-Identifier: MIT
"""Owners of handles of the C interface.

A handle may be closed, collected, or left to the interpreter's end, from any thread, also while
another thread is in a call that uses it: it is given back when the last call has returned.
"""
import ctypes
import os
import queue
import threading
import weakref
from types import TracebackType
from typing import Any, ClassVar, Optional, Type, TypeVar

from ._library import lib
from .errors import ClosedError, FocusError, ForkedError

AnyHandle = TypeVar("AnyHandle", bound="Handle")


class _Thread(threading.local):
    """Whether the library has called this thread: then it must not be made to wait for itself."""

    in_callback = False


thread = _Thread()

_generation = 0


def _count_fork() -> None:
    global _generation, _reaper
    _generation += 1
    _reaper = _Reaper()


class Use:
    """A handle and who uses it. As a context manager it gives the pointer for one call."""

    def __init__(self, noun: str, destroy: str, pointer: Optional[int], keep: Any = None) -> None:
        self.noun = noun
        self.generation = _generation
        self._destroy = destroy
        self._pointer = pointer
        self._keep = keep  # what has to live for as long as the handle
        self._users = 0
        self._closed = False
        self._lock = threading.RLock()

    @property
    def closed(self) -> bool:
        return self._closed

    def __enter__(self) -> Optional[int]:
        if self.generation != _generation:  # its lock may be held by a thread that is not here
            raise ForkedError(f"the {self.noun} was made before fork(): make one in this process",
                              self.noun)
        with self._lock:
            if self._closed:
                raise ClosedError(f"the {self.noun} is closed", self.noun)
            self._users += 1
            return self._pointer

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            last = self._closed and self._users == 0
        if last:
            self._give_back()

    def close(self) -> None:
        """No further call begins; the handle goes with the last that is under way."""
        if self.generation != _generation:
            return
        with self._lock:
            if self._closed:
                return
            self._closed = True
            last = self._users == 0
        if last:
            self._give_back()

    def idle(self) -> bool:
        return self._users == 0

    def _give_back(self) -> None:
        if thread.in_callback:
            _reaper.take(self)
        else:
            self.destroy()

    def destroy(self) -> None:
        pointer, self._pointer = self._pointer, None
        try:
            if pointer:
                getattr(lib, self._destroy)(pointer)
        except FocusError:
            pass  # forked: nothing here to give back
        self._keep = None


class _Reaper:
    """Gives back what was let go of in a callback, on a thread that may wait."""

    def __init__(self) -> None:
        self._queue: "queue.SimpleQueue[Use]" = queue.SimpleQueue()
        self._started = False

    def take(self, use: Use) -> None:
        self._queue.put(use)
        if not self._started:
            self._started = True
            threading.Thread(target=self._run, name="focus_session reaper", daemon=True).start()

    def _run(self) -> None:
        while True:
            self._queue.get().destroy()


_reaper = _Reaper()
os.register_at_fork(after_in_child=_count_fork)

_all: "weakref.WeakSet[Handle]" = weakref.WeakSet()


class Handle:
    """What all objects are that hold something of the library's."""

    _noun: ClassVar[str] = "object"
    _destroy: ClassVar[str] = ""

    def __init__(self, pointer: Optional[int], keep: Any = None) -> None:
        self._use = Use(self._noun, self._destroy, pointer, keep)
        weakref.finalize(self, self._use.close).atexit = False  # see _exit.py
        _all.add(self)

    def close(self) -> None:
        """Gives back what it holds; a call that is under way on another thread is let finish. May be
        called more than once."""
        self._use.close()

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._use.closed

    def __enter__(self: AnyHandle) -> AnyHandle:
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.close()


def all_handles() -> "list[Handle]":
    """The handles that are alive, for _exit.py."""
    return list(_all)


def receive() -> Any:
    """Room for a handle that a function gives."""
    return ctypes.c_void_p()
