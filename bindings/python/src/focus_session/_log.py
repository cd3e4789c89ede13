# SPDX-License-Identifier: MIT
"""The library's log goes into `logging`, to the logger "focus_session" unless a service names one."""
import ctypes
import itertools
import logging
import weakref
from typing import Any

from . import _abi
from ._handle import thread
from ._library import string

logger = logging.getLogger("focus_session")
logger.addHandler(logging.NullHandler())  # silent unless the program wants to hear

_LEVELS = {0: logging.DEBUG, 1: logging.INFO, 2: logging.WARNING, 3: logging.ERROR}

_numbers = itertools.count(1)
_sinks: "weakref.WeakValueDictionary[int, LogSink]" = weakref.WeakValueDictionary()


class LogSink:
    """Where a service's lines go. The handles of the service keep it: with the last of them it is
    gone, and what came later would be dropped."""

    def __init__(self, target: logging.Logger) -> None:
        self.target = target
        self.number = next(_numbers)
        _sinks[self.number] = self


def _receive(number: Any, level: int, message: bytes) -> None:
    inside = thread.in_callback
    try:
        thread.in_callback = True
        sink = _sinks.get(number)
        if sink is not None:
            sink.target.log(_LEVELS.get(level, logging.ERROR), "%s", string(message))
    except BaseException:  # a line that its receiver can not take is lost
        pass
    finally:
        thread.in_callback = inside


# One for all services and for ever: C can not be left with a callback that was collected.
receive = _abi.focus_log_callback(_receive)


def level_for(target: logging.Logger) -> int:
    """The least important level that the logger takes now."""
    effective = target.getEffectiveLevel()
    return next((level for level, value in sorted(_LEVELS.items()) if value >= effective), 3)


def user_data(sink: LogSink) -> ctypes.c_void_p:
    """By which `receive` knows the sink."""
    return ctypes.c_void_p(sink.number)
