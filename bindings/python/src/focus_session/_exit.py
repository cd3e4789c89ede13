# SPDX-License-Identifier: MIT
"""What is done before the interpreter goes, and in a forked child.

Nothing of the library must call into an interpreter that is shutting down. So engines are taken away,
which ends commands and checks too, and handles are given back, and with the services their threads,
while it is still whole.
"""
import atexit
import os
import time

from . import _engine_calls, _interrupt, check
from ._handle import all_handles, stop_reaper

_ENGINE_SECONDS = 2.0
_CALL_SECONDS = 2.0
_CHECK_SECONDS = 30.0  # longer than a built-in engine takes for a result

_process = os.getpid()


def _at_exit() -> None:
    if os.getpid() != _process:
        return
    _engine_calls.at_exit(_ENGINE_SECONDS)
    check.at_exit(_CHECK_SECONDS)
    handles = all_handles()
    handles.sort(key=lambda handle: handle._noun == "service")  # children first
    for handle in handles:
        handle.close()
    deadline = time.monotonic() + _CALL_SECONDS  # threads that wait look up every tenth of a second
    while not all(handle._use.idle() for handle in handles) and time.monotonic() < deadline:
        time.sleep(0.01)
    stop_reaper(_CALL_SECONDS)


def _in_child() -> None:
    global _process
    _process = os.getpid()
    _engine_calls.forget()
    check.forget()
    _interrupt.forget_workers()


atexit.register(_at_exit)
os.register_at_fork(after_in_child=_in_child)
