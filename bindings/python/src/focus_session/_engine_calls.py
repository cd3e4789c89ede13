# SPDX-License-Identifier: MIT
"""How the library calls engines in Python, such that nothing they do can crash it.

The callbacks are three functions that live for ever and know an engine by a number: no callback can
be collected that the library still holds. The engine itself is kept until the library lets it go.

An engine does not run on the library's thread, but on one of Python's, for which the library's waits.
The interpreter ends threads of its own that are still running when it shuts down; a thread of the
library's, with C++ on its stack, must never be ended. A call that does not come back until then is
abandoned: the library's thread waits for it outside the interpreter, for ever.
"""
import ctypes
import itertools
import os
import threading
import time
import traceback
import weakref
from collections.abc import Iterator
from typing import Any, Dict, Set

from . import _abi
from ._handle import Use, thread
from ._library import lib
from ._log import logger
from ._struct import real, text
from .engine import Engine, Sink, describe, read_brief
from .enums import ErrorCode
from .errors import Cancelled, ClosedError, FocusError, NotReadyError, number_of

_CANCELLED = ErrorCode.CANCELLED.number
_ENGINE = ErrorCode.ENGINE.number


class Registration:
    """An engine that the library holds, and the calls of it that are under way."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.key = engine.key
        self.description = describe(engine)
        self.calls: Set["Call"] = set()
        self.removed = False
        self.service: Any = None  # who may unregister it, while there is one


_numbers = itertools.count(1)
_registrations: Dict[int, Registration] = {}
_commands: "weakref.WeakKeyDictionary[Use, Set[str]]" = weakref.WeakKeyDictionary()  # their keys
_lock = threading.RLock()
_exiting = False


class Call:
    """One segment, played by an engine on a thread of Python's."""

    def __init__(self, registration: Registration, brief: Any, sink: Sink) -> None:
        self.registration = registration
        self.brief = brief
        self.sink = sink
        self.code = _ENGINE
        self.done = threading.Lock()
        self.done.acquire()
        self.returning = False
        self.abandoned = False
        self._process = os.getpid()

    def run(self) -> None:
        """The whole thread."""
        thread.in_callback = True
        try:
            self.code = self._play()
        except BaseException as error:  # SystemExit and the like end the call, not the process
            self._leave_if_forked()
            self.code = number_of(error)
            gone = isinstance(error, ClosedError) and error.field == "sink"
            if not gone and not isinstance(error, Cancelled):
                self._explain(error)
        self._leave_if_forked()
        with _lock:
            if self.abandoned:
                return
            self.returning = True
        self.sink._invalidate()
        self.done.release()

    def _leave_if_forked(self) -> None:
        """A child process that the engine has forked came back from a call that is its parent's."""
        if os.getpid() != self._process:
            os._exit(1)

    def _play(self) -> int:
        played = self.registration.engine.generate(self.brief, self.sink)
        if isinstance(played, Iterator):
            try:
                for block in played:
                    self.sink.write(block)
                    if self.sink.remaining == 0:  # it may have more for ever
                        break
            finally:
                close = getattr(played, "close", None)
                if close is not None:
                    close()
        elif played is not None:
            self.sink.write(played)
        self._leave_if_forked()
        return _CANCELLED if self.sink.cancelled else 0

    def _explain(self, error: BaseException) -> None:
        try:
            # Of the exception itself: notes come after it.
            last = "".join(traceback.format_exception_only(type(error), error)).strip()
            if not isinstance(error, SyntaxError):
                last = last.splitlines()[0]
            if isinstance(error, FocusError):
                last = error.message
            logger.error("engine %r failed with segment %d", self.registration.key,
                         self.brief.segment_index, exc_info=error)
            self.sink._explain(last)
        except Exception:  # the code tells enough
            pass


def _describe(number: Any, description: Any) -> int:
    registration = _registrations.get(number)
    if registration is None:
        return _ENGINE
    ctypes.memmove(description, ctypes.byref(registration.description),
                   ctypes.sizeof(registration.description))
    return 0


def _generate(number: Any, brief: Any, sink: Any) -> int:
    try:
        thread.in_callback = True
        registration = _registrations.get(number)
        if registration is None:
            return _ENGINE
        call = Call(registration, read_brief(brief.contents), Sink(sink, brief.contents.frames))
        with _lock:
            if _exiting:
                return _CANCELLED
            registration.calls.add(call)
        try:
            threading.Thread(target=call.run, name=f"engine {registration.key}", daemon=True).start()
            call.done.acquire()
            return call.code
        finally:
            with _lock:
                registration.calls.discard(call)
    except BaseException:  # no memory, no thread
        logger.error("an engine could not be called", exc_info=True)
        return _ENGINE


def _release(number: Any) -> None:
    inside = thread.in_callback  # it may come on a thread of Python's, that has taken the engine away
    try:
        thread.in_callback = True
        registration = _registrations.pop(number, None)
        if registration is not None:
            registration.engine.close()
    except BaseException:
        logger.error("an engine's close failed", exc_info=True)
    finally:
        thread.in_callback = inside


_fields: Dict[str, Any] = _abi.focus_engine_vtable._kinds()
_vtable = _abi.focus_engine_vtable(describe=_fields["describe"](_describe),
                                   generate=_fields["generate"](_generate),
                                   release=_fields["release"](_release))


def register(service: Use, engine: Engine) -> None:
    """Adds an engine to a service."""
    registration = Registration(engine)
    registration.service = service
    number = next(_numbers)
    _registrations[number] = registration
    try:
        with service as pointer:
            lib.focus_engine_register(pointer, ctypes.byref(_vtable), number)
    except BaseException:
        _registrations.pop(number, None)
        raise


def register_command(service: Use, description: Any, command: str) -> None:
    """Adds an engine that is a command."""
    with service as pointer:
        lib.focus_engine_register_command(pointer, ctypes.byref(description), text("command", command))
    with _lock:
        _commands.setdefault(service, set()).add((description.key or b"command").decode())


def unregister(service: Use, key: str, timeout: float) -> bool:
    """Takes an engine away; whether no call of it is under way any more."""
    with service as pointer:
        return _unregister(pointer, key, timeout)


def _unregister(pointer: Any, key: str, timeout: float) -> bool:
    try:
        lib.focus_engine_unregister(pointer, text("key", key), int(min(real("timeout", timeout), 86400.0) * 1000))
    except NotReadyError:
        return False
    return True


def at_exit(seconds: float) -> None:
    """Takes all engines away before the interpreter goes: no callback is called and no command runs
    after it."""
    global _exiting
    deadline = time.monotonic() + seconds
    with _lock:
        _exiting = True
        registrations = list(_registrations.values())
        engines = [(service, key) for service, keys in _commands.items() for key in keys]
    engines += [(registration.service, registration.key) for registration in registrations]
    for service, key in engines:
        with service.lingering() as pointer:  # closed, it may still be checking an engine
            try:
                if pointer is not None:
                    _unregister(pointer, key, max(0.0, deadline - time.monotonic()))
            except FocusError:
                pass  # it was taken away before
    with _lock:
        calls = [call for registration in registrations for call in registration.calls]
        for call in calls:
            call.abandoned = not call.returning
    # Those that are on their way out need the interpreter for a moment more.
    while any(call.returning and call in call.registration.calls for call in calls):
        if time.monotonic() > deadline + 1.0:
            break
        time.sleep(0.005)
    if calls:
        time.sleep(0.02)


def forget() -> None:
    """In a forked child: the engines are the parent's."""
    global _lock
    _lock = threading.RLock()
    _registrations.clear()
    _commands.clear()
