# SPDX-License-Identifier: MIT
"""Waiting such that Ctrl-C is heard: the interpreter handles signals only between calls."""
import queue
import threading
import time
from typing import Any, Callable, Optional, TypeVar

from ._struct import real

Result = TypeVar("Result")

SLICE_SECONDS = 0.1


def deadline_of(timeout: Optional[float]) -> Optional[float]:
    """When a wait of that many seconds is over; None: never."""
    return None if timeout is None else time.monotonic() + real("timeout", timeout)


def slice_ms(deadline: Optional[float]) -> int:
    """How long the next call may wait; 0 when the time is up."""
    if deadline is None:
        return int(SLICE_SECONDS * 1000)
    return int(max(0.0, min(SLICE_SECONDS, deadline - time.monotonic())) * 1000)


class _Worker:
    """A thread that makes calls which can not be sliced, one after another."""

    def __init__(self) -> None:
        self._calls: "queue.SimpleQueue[Callable[[], None]]" = queue.SimpleQueue()
        threading.Thread(target=self._run, name="focus_session call", daemon=True).start()

    def call(self, body: Callable[[], None]) -> None:
        self._calls.put(body)

    def _run(self) -> None:
        while True:
            self._calls.get()()


_idle: "queue.SimpleQueue[_Worker]" = queue.SimpleQueue()


def forget_workers() -> None:
    """In a forked child, where the threads are not."""
    global _idle
    _idle = queue.SimpleQueue()


def interruptible(call: Callable[[], Result], cancel: Callable[[], Any] = lambda: None) -> Result:
    """Runs a call that takes its time. On the main thread, where signals arrive, another thread does
    it: an interrupt asks it to `cancel`, and leaves it to finish by itself."""
    if threading.current_thread() is not threading.main_thread():
        return call()
    try:
        worker = _idle.get_nowait()
    except queue.Empty:
        worker = _Worker()
    done = threading.Event()
    outcome: "list[Any]" = [None, None]

    def body() -> None:
        try:
            outcome[0] = call()
        except BaseException as error:  # raised in the thread that waits
            outcome[1] = error
        finally:
            _idle.put(worker)
            done.set()

    worker.call(body)
    try:
        while not done.wait(SLICE_SECONDS):
            pass
    except BaseException:
        cancel()
        raise
    if outcome[1] is not None:
        try:
            raise outcome[1]
        finally:
            outcome.clear()  # no cycle of traceback and frame
    result: Result = outcome[0]
    return result
