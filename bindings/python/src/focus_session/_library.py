# SPDX-License-Identifier: MIT
"""Finds the shared library, sees that it is new enough, and calls it.

In this order: the file that the environment's FOCUS_SESSION_LIBRARY names, the one in the wheel, the
system's. It is loaded by the first call, not by the import.
"""
import ctypes
import ctypes.util
import os
import pathlib
import threading
from typing import Any, Callable, Iterator, Optional

from . import _abi
from .errors import LibraryError, UnsupportedError, error_of

ENVIRONMENT = "FOCUS_SESSION_LIBRARY"
_BUNDLED = pathlib.Path(__file__).parent / "_native"
_NEEDED = _abi.VERSION[0] * 10000 + _abi.VERSION[1] * 100


def candidates() -> Iterator[str]:
    """What may be loaded, the first choice first."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        yield named
        return
    yield from (str(path) for path in sorted(_BUNDLED.glob("libfocus_session.*")))
    # Runs ldconfig and, where there is one, a compiler: only where nothing else was found.
    system = ctypes.util.find_library("focus_session")
    if system:
        yield system


def _open() -> ctypes.CDLL:
    """CDLL, not PyDLL: every call lets other threads of Python run."""
    tried = []
    for name in candidates():
        try:
            library = ctypes.CDLL(name)
            library.focus_version_number.restype = ctypes.c_int32
            version = library.focus_version_number()
        except (OSError, AttributeError) as error:
            tried.append(str(error))
            continue
        if version // 10000 != _abi.VERSION[0] or version < _NEEDED:
            raise LibraryError(
                f"{name} is version {dotted(version)} of the library, but this package needs "
                f"{_abi.VERSION[0]}.{_abi.VERSION[1]} or a later {_abi.VERSION[0]}.x: update the one that "
                "is older", name)
        return library
    remedy = (f"install the wheel of focus_session that carries it, or the system's library, or set "
              f"{ENVIRONMENT} to the path of libfocus_session.so")
    reason = "; ".join(tried) or "the package has none, and the system neither"
    raise LibraryError(f"the focus_session library could not be loaded ({reason}): {remedy}",
                       os.environ.get(ENVIRONMENT, ""))


def dotted(number: int) -> str:
    """A version number of the C interface as people write it."""
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


class Library:
    """The functions of the header as attributes. What returns a negative code raises instead."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._handle: Optional[ctypes.CDLL] = None

    def __getattr__(self, name: str) -> Callable[..., int]:
        if name not in _abi.FUNCTIONS:
            raise AttributeError(name)
        with self._lock:
            if self._handle is None:
                self._handle = _open()
            handle = self._handle
        try:
            function: Any = handle[name]  # a function object of its own
        except AttributeError:
            raise UnsupportedError(
                f"the loaded library has no {name}: it is older than this package, or was built "
                "without it", name) from None
        function.argtypes = _abi.FUNCTIONS[name]
        function.restype = ctypes.c_int32
        if name != "focus_last_error":
            function.errcheck = _raise_failure
        setattr(self, name, function)
        result: Callable[..., int] = function
        return result


lib = Library()


def _raise_failure(result: int, _function: Any, _arguments: Any) -> int:
    if result < 0:
        error = _abi.focus_error()
        lib.focus_last_error(ctypes.byref(error))
        if error.code != result:  # the call failed without a word
            raise error_of(result, "")
        raise error_of(result, string(error.message), string(error.field), string(error.path))
    return result


def string(value: Optional[bytes]) -> str:
    """Text that the library handed out."""
    return (value or b"").decode("utf-8", "replace")


def library_version() -> str:
    """The version of the loaded library, e.g. "0.1.0"."""
    return dotted(lib.focus_version_number())
