# SPDX-License-Identifier: MIT
"""Makes the values of values.py from structs of the C interface."""
import dataclasses
import datetime
import pathlib
import typing
from typing import Any, Callable, Dict, List, Optional, Tuple, Type, TypeVar

from ._choice import Choice
from ._library import string

Value = TypeVar("Value")


def _moment(seconds: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


_CONVERTERS: Dict[Any, Callable[[Any], Any]] = {
    str: string,
    bool: bool,
    int: int,
    float: float,
    Optional[float]: lambda value: None if value < 0 else value,
    datetime.datetime: _moment,
    Optional[datetime.datetime]: lambda value: _moment(value) if value else None,
    Optional[pathlib.Path]: lambda value: pathlib.Path(string(value)) if value else None,
}

_plans: Dict[type, List[Tuple[str, Callable[[Any], Any]]]] = {}


def _plan(kind: type) -> List[Tuple[str, Callable[[Any], Any]]]:
    hints = typing.get_type_hints(kind)
    plan = []
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        choice = isinstance(hint, type) and issubclass(hint, Choice)
        plan.append((field.name, hint.of if choice else _CONVERTERS[hint]))
    return plan


def read(kind: Type[Value], struct: Any) -> Value:
    """The value that a struct holds: its fields are those of the same names."""
    plan = _plans.get(kind)
    if plan is None:
        plan = _plans[kind] = _plan(kind)
    return kind(*[convert(getattr(struct, name)) for name, convert in plan])
