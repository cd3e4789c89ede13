# SPDX-License-Identifier: MIT
"""Structs of the C interface that fill in their size and defaults, and refuse what does not fit.

ctypes alone would cut a number that is too large, and a string at its first zero byte.
"""
import ctypes
import math
import operator
import os
from typing import Any, ClassVar, Dict, List, Type

from ._choice import Choice
from .errors import InvalidArgumentError

_RANGES = {
    ctypes.c_int32: (-(2**31), 2**31 - 1),
    ctypes.c_uint32: (0, 2**32 - 1),
    ctypes.c_int64: (-(2**63), 2**63 - 1),
    ctypes.c_uint64: (0, 2**64 - 1),
}


def integer(name: str, value: Any, kind: Any = ctypes.c_int32) -> int:
    """A whole number that the C type can hold."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, not {_shown(value)}") from None
    lowest, highest = _RANGES[kind]
    if not lowest <= number <= highest:
        raise InvalidArgumentError(f"{name} must be from {lowest} to {highest}, not {number}", name)
    return number


def count(name: str, value: Any, kind: Any = ctypes.c_int32) -> int:
    """The same, not below 0."""
    number = integer(name, value, kind)
    if number < 0:
        raise InvalidArgumentError(f"{name} must not be negative", name)
    return number


def real(name: str, value: Any) -> float:
    """A number. What is written as text is none, and what is not a number is not one either."""
    if not isinstance(value, (str, bytes, bytearray)):
        try:
            number = float(value)
        except OverflowError:
            raise InvalidArgumentError(f"{name} is too large", name) from None
        except (TypeError, ValueError):
            pass
        else:
            if math.isnan(number):
                raise InvalidArgumentError(f"{name} must be a number, not nan", name)
            return number
    raise TypeError(f"{name} must be a number, not {_shown(value)}")


def path(name: str, value: Any) -> str:
    """The path of a file or folder, as text."""
    try:
        found = os.fspath(value)
    except TypeError:
        raise TypeError(f"{name} must be a str or a path, not {_shown(value)}") from None
    if not isinstance(found, str):
        raise TypeError(f"{name} must be a str or a path, not {type(found).__name__}: see os.fsdecode")
    return found


def path_bytes(name: str, value: Any) -> bytes:
    """The same as the library reads it."""
    return text(name, path(name, value))


def several(name: str, value: Any) -> List[Any]:
    """What is iterated over. One text would be so too, character by character."""
    if not isinstance(value, (str, bytes, os.PathLike)):
        try:
            return list(value)
        except TypeError:
            pass
    raise TypeError(f"{name} must be a list, not {_shown(value)}")


def _shown(value: Any) -> str:
    """A value of the wrong kind in an error: short ones as they are."""
    told = repr(value) if isinstance(value, (int, float, str, bytes, type(None))) else ""
    kind = type(value).__name__
    return f"{told} ({kind})" if 0 < len(told) <= 40 else kind


def text(name: str, value: Any) -> bytes:
    """UTF-8 as the C side reads it: to its end."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str, not {type(value).__name__}")
    if "\0" in value:
        raise InvalidArgumentError(f"{name} must not contain a zero character", name)
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidArgumentError(f"{name} is not valid Unicode: {error.reason}", name) from None


def choice(name: str, kind: Type[Choice], value: Any) -> int:
    """The number of a member of an enumeration, or of its name."""
    try:
        return kind(value).number
    except ValueError:
        names = ", ".join(repr(member.value) for member in kind)
        raise InvalidArgumentError(f"{name} must be one of {names}, not {value!r}", name) from None


class Struct(ctypes.Structure):
    """A struct that begins with `struct_size`; None leaves a field at its default."""

    _defaults_: ClassVar[Dict[str, Any]] = {}

    def __init__(self, **values: Any) -> None:
        super().__init__()
        self.struct_size = ctypes.sizeof(self)
        for name, default in self._defaults_.items():
            setattr(self, name, default)
        for name, kind in self._kinds().items():
            value: Any = values.pop(name, None)
            if value is None:
                continue
            if kind in _RANGES:
                value = integer(name, value, kind)
            elif kind is ctypes.c_char_p:
                value = text(name, value)
            elif kind is ctypes.c_double:
                value = real(name, value)
            setattr(self, name, value)
        if values:
            raise TypeError(f"{type(self).__name__} has no field {next(iter(values))}")

    @classmethod
    def _kinds(cls) -> Dict[str, Any]:
        return {field[0]: field[1] for field in cls._fields_}
