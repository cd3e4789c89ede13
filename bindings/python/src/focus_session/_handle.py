# SPDX-License-Identifier: MIT
"""Owners of handles of the C interface.

A handle may be closed, collected, or left to the interpreter's end, from any thread, also while
another thread is in a call that uses it: it is given back when the last call has returned. Giving back
may wait for the library's threads. So only `close` does it in place; what is collected, wherever that
happens to be, is left to a thread that may wait.
"""
import contextlib
import ctypes
import os
import queue
import threading
import weakref
from types import TracebackType
from typing import Any, ClassVar, Iterator, NoReturn, Optional, Set, Type, TypeVar, Union

from ._library import lib
from .errors import ClosedError, FocusError, ForkedError

AnyHandle = TypeVar("AnyHandle", bound="Handle")


class _Thread(threading.local):
    """Whether the library has called this thread: then it must not be made to wait for itself."""

    in_callback = False


thread = _Thread()

_generation = 0


def _count_fork() -> None:
    global _generation
    _generation += 1
    _reaper.reset()


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

    def __deepcopy__(self, _: Any) -> "Use":
        return self  # the copy of a segment is of the same session

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"what belongs to a {self.noun} can not be pickled: that is in this process")

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
        if last:  # this thread has not asked for it, and may be one that must not wait
            _reaper.take(self)

    @contextlib.contextmanager
    def lingering(self) -> Iterator[Optional[int]]:
        """The pointer for one call after `close` too, while others are under way; else None."""
        with self._lock:
            pointer = None if self._closed and self._users == 0 else self._pointer
            self._users += 1
        try:
            yield pointer
        finally:
            self.__exit__()

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
            if thread.in_callback:
                _reaper.take(self)
            else:
                self.destroy()

    def idle(self) -> bool:
        return self._users == 0

    def destroy(self) -> None:
        pointer, self._pointer = self._pointer, None
        try:
            if pointer:
                getattr(lib, self._destroy)(pointer)
        except FocusError:
            pass  # forked: nothing here to give back
        self._keep = None


class _Owner(weakref.ref["Handle"]):
    """A handle and what it holds. When the handle is collected, this goes into the reaper's queue, and
    no line of Python is run for it: a Ctrl-C that came meanwhile would be lost."""

    __slots__ = ("use",)
    use: Use


_owners: Set[_Owner] = set()


class _Reaper:
    """A thread that may wait, for what must be done on no other. It takes no lock for its work: that
    comes in the middle of anything."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """In a forked child, where the thread is not."""
        self._starting = threading.RLock()
        self._work: "queue.SimpleQueue[Union[_Owner, Use, None]]" = queue.SimpleQueue()
        self._thread: Optional[threading.Thread] = None

    def start(self) -> None:
        """With the first handle: none can be started while one is collected."""
        with self._starting:
            if self._thread is not None:
                return
            self._thread = threading.Thread(target=self._run, name="focus_session reaper", daemon=True)
            try:
                self._thread.start()
            except RuntimeError:  # there are too many: the next handle tries again
                self._thread = None

    def own(self, handle: "Handle", use: Use) -> _Owner:
        """Gives back what a handle holds when that was collected."""
        self.start()
        put: Any = self._work.put
        owner = _Owner(handle, put)
        owner.use = use
        _owners.add(owner)
        return owner

    def take(self, use: Use) -> None:
        """Gives back what was closed and is used no more."""
        self._work.put(use)

    def stop(self, seconds: float) -> None:
        """Does what has come so far, within a time, and nothing after it."""
        self._work.put(None)
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            work = self._work.get()
            if work is None:
                return
            if isinstance(work, _Owner):
                _owners.discard(work)
                work.use.close()
            else:
                work.destroy()
            del work  # while it waits for more


_reaper = _Reaper()
os.register_at_fork(after_in_child=_count_fork)


class Handle:
    """What all objects are that hold something of the library's."""

    _noun: ClassVar[str] = "object"
    _destroy: ClassVar[str] = ""

    def __init__(self, pointer: Optional[int], keep: Any = None) -> None:
        self._use = Use(self._noun, self._destroy, pointer, keep)
        self._owner = _reaper.own(self, self._use)

    def close(self) -> None:
        """Gives back what it holds, and waits for the library's threads that work for it alone; a call
        that is under way on another thread is let finish. May be called more than once."""
        self._use.close()
        if self._use.idle():
            _owners.discard(self._owner)

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"a {self._noun} can be neither copied nor pickled: there is one of it, in this "
                        "process")

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
    return [handle for owner in list(_owners) if (handle := owner()) is not None]


def stop_reaper(seconds: float) -> None:
    """For _exit.py: what was collected is given back, and nothing more."""
    _reaper.stop(seconds)


def receive() -> Any:
    """Room for a handle that a function gives."""
    return ctypes.c_void_p()
