# SPDX-License-Identifier: MIT
"""Why a call failed: one exception a kind, each also of the built-in kind that it is nearest to."""
import errno
from typing import Dict, Type

from .enums import ErrorCode


class FocusError(Exception):
    """What every error of this package is.

    Attributes:
        code: an `ErrorCode`, equal to its name, e.g. "invalid_argument".
        field: the argument, field or path it is about; "" where there is none.
        message: one line that names the remedy.
        path: the file or folder it is about; "" where there is none.
    """

    _number = -12

    def __init__(self, message: str, field: str = "", path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.path = path

    @property
    def code(self) -> ErrorCode:
        """Which kind of error it is."""
        return ErrorCode.of(self._number)

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> "tuple[Type[FocusError], tuple[str, str, str]]":
        return type(self), (self.message, self.field, self.path)


class InvalidArgumentError(FocusError, ValueError):
    """An argument or a field holds what it may not; `field` says which."""

    _number = -1


class ClosedError(InvalidArgumentError):
    """The object was closed before."""


class NotFoundError(FocusError, KeyError):
    """There is no such session, segment, engine or track."""

    _number = -2


class FileMissingError(NotFoundError, FileNotFoundError):
    """There is no such file or folder."""

    def __init__(self, message: str, field: str = "", path: str = "") -> None:
        super().__init__(message, field, path)
        self.errno = errno.ENOENT
        self.filename = path


class NotReadyError(FocusError, RuntimeError):
    """The segment is planned, but not made yet."""

    _number = -3


class StorageError(FocusError, OSError):
    """A file could not be read or written; `path` and `filename` are its path."""

    _number = -4

    def __init__(self, message: str, field: str = "", path: str = "") -> None:
        super().__init__(message, field, path)
        self.errno = errno.EIO
        self.filename = path


class NoSpaceError(StorageError):
    """The disk, or the store's bound, is full."""

    _number = -5

    def __init__(self, message: str, field: str = "", path: str = "") -> None:
        super().__init__(message, field, path)
        self.errno = errno.ENOSPC


class BadDataError(FocusError, ValueError):
    """A damaged store, or a file that is not audio."""

    _number = -6


class UnsupportedError(FocusError, NotImplementedError):
    """Right, but not possible here."""

    _number = -7


class EngineError(FocusError, RuntimeError):
    """A music engine failed, and so did what stood in for it."""

    _number = -8


class Cancelled(FocusError, RuntimeError):
    """The work was stopped before it was done."""

    _number = -9


class OutOfMemoryError(FocusError, MemoryError):
    """There is not enough memory."""

    _number = -10


class ForkedError(FocusError, RuntimeError):
    """The object was made before fork(), in the parent process."""

    _number = -11


class InternalError(FocusError, RuntimeError):
    """A defect of the library; please report its message."""


class LibraryError(FocusError, ImportError):  # type: ignore[misc]  # both have a path
    """The shared library is not there, can not be loaded, or is too old."""

    _number = -2


_KINDS: Dict[int, Type[FocusError]] = {
    kind._number: kind
    for kind in (
        InvalidArgumentError, NotFoundError, NotReadyError, StorageError, NoSpaceError, BadDataError,
        UnsupportedError, EngineError, Cancelled, OutOfMemoryError, ForkedError, InternalError,
    )
}


def error_of(number: int, message: str, field: str = "", path: str = "") -> FocusError:
    """The exception for a code of the C interface. What is not found and has a path is a file."""
    kind = _KINDS.get(number, InternalError)
    if kind is NotFoundError and path:
        kind = FileMissingError
    return kind(message or f"the library answered {number}", field, path)


def number_of(error: BaseException) -> int:
    """The code of the C interface for an exception that an engine of the host's own raised."""
    return error._number if isinstance(error, FocusError) else EngineError._number
