# SPDX-License-Identifier: MIT
"""What holds of an engine."""
import ctypes
import time
from typing import Any, Callable, List, Optional, Set

from . import _abi
from ._handle import Handle, Use, thread
from ._interrupt import interruptible
from ._library import lib
from ._read import read
from ._struct import text
from .enums import CheckVerdict
from .errors import Cancelled
from .values import CheckResult


class EngineCheck:
    """What was found of an engine. True when nothing fails.

    Attributes:
        results: one for each thing that was tried.
    """

    def __init__(self, key: str, results: List[CheckResult]) -> None:
        self.key = key
        self.results = results

    @property
    def failures(self) -> List[CheckResult]:
        """What does not hold."""
        return [result for result in self.results if result.verdict is CheckVerdict.FAILS]

    def __bool__(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        return "\n".join(f"{result.verdict:8}{result.name}: {result.detail}" for result in self.results)

    def __repr__(self) -> str:
        return f"<EngineCheck of {self.key}: {len(self.results)} results, {len(self.failures)} fail>"


class _CheckHandle(Handle):
    _noun = "check"
    _destroy = "focus_engine_check_destroy"


class _Run:
    """A check that is under way. Its results come by a callback, on the thread that makes the call."""

    def __init__(self, key: str, on_result: Optional[Callable[[CheckResult], Any]]) -> None:
        self.key = key
        self.stopped = False
        self.raised: Optional[BaseException] = None
        self._on_result = on_result

    def stop(self) -> None:
        """Ends it with the next result."""
        self.stopped = True

    def receive(self, _: Any, struct: Any) -> int:
        inside, thread.in_callback = thread.in_callback, True
        try:
            if self._on_result is not None and not self.stopped:
                self._on_result(read(CheckResult, struct.contents))
        except BaseException as error:
            self.raised = error
            self.stopped = True
        finally:
            thread.in_callback = inside
        return int(self.stopped)

    def run(self, service: Use, options: _abi.focus_check_options) -> EngineCheck:
        options.callback = _abi.focus_check_callback(self.receive)
        pointer = ctypes.c_void_p()
        _running.add(self)
        try:
            if self.stopped:
                raise Cancelled("the check was stopped")
            with service as handle:
                lib.focus_engine_check_run(handle, text("key", self.key), ctypes.byref(options),
                                           ctypes.byref(pointer))
        finally:
            _running.discard(self)
        with _CheckHandle(pointer.value) as made:
            return EngineCheck(self.key, _results(made._use))


_running: Set[_Run] = set()


def check_engine(service: Use, key: str, options: _abi.focus_check_options,
                 on_result: Optional[Callable[[CheckResult], Any]]) -> EngineCheck:
    """See `Service.check_engine`."""
    check = _Run(key, on_result)
    try:
        return interruptible(lambda: check.run(service, options), check.stop)
    finally:
        if check.raised is not None:
            raise check.raised


def at_exit(seconds: float) -> None:
    """Ends the checks that are still under way, when the engines were taken away; that of a built-in
    one goes on to its next result."""
    deadline = time.monotonic() + seconds
    for check in list(_running):
        check.stop()
    while _running and time.monotonic() < deadline:
        time.sleep(0.01)


def forget() -> None:
    """In a forked child: the checks are the parent's."""
    _running.clear()


def _results(use: Use) -> List[CheckResult]:
    count = ctypes.c_int32()
    found = []
    with use as check:
        lib.focus_engine_check_count(check, ctypes.byref(count), None)
        for index in range(count.value):
            struct = _abi.focus_check_result()
            lib.focus_engine_check_get(check, index, ctypes.byref(struct))
            found.append(read(CheckResult, struct))
    return found
