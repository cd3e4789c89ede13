# SPDX-License-Identifier: MIT
"""What holds of an engine."""
import ctypes
from typing import Any, Callable, List, Optional

from . import _abi
from ._handle import Handle, Use, thread
from ._interrupt import interruptible
from ._library import lib
from ._struct import text
from .enums import CheckVerdict
from .values import CheckResult, read


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


def check_engine(service: Use, key: str, quick: bool, seed: int,
                 on_result: Optional[Callable[[CheckResult], Any]]) -> EngineCheck:
    """See `Service.check_engine`."""
    stopped = False
    raised: List[BaseException] = []

    def receive(_: Any, struct: Any) -> int:
        inside, thread.in_callback = thread.in_callback, True
        try:
            if on_result is not None:
                on_result(read(CheckResult, struct.contents))
        except BaseException as error:
            raised.append(error)
        finally:
            thread.in_callback = inside
        return int(stopped or bool(raised))

    def stop() -> None:
        nonlocal stopped
        stopped = True

    callback = _abi.focus_check_callback(receive)
    options = _abi.focus_check_options(quick=bool(quick), seed=seed, callback=callback)

    def run() -> EngineCheck:
        pointer = ctypes.c_void_p()
        with service as handle:
            lib.focus_engine_check_run(handle, text("key", key), ctypes.byref(options),
                                       ctypes.byref(pointer))
        with _CheckHandle(pointer.value) as made:
            return EngineCheck(key, _results(made._use))

    try:
        return interruptible(run, stop)
    finally:
        if raised:
            raise raised[0]


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
