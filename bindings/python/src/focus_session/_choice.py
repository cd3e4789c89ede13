# SPDX-License-Identifier: MIT
"""What all enumerations are: strings to Python, numbers to the library."""
import enum
from typing import List, Type, TypeVar

AnyChoice = TypeVar("AnyChoice", bound="Choice")


class Choice(str, enum.Enum):
    """A member is equal to its name in lower case; `number` is what the C interface calls it."""

    number: int

    @classmethod
    def _set_numbers(cls, *numbers: int) -> None:
        members: List[Choice] = list(cls)
        for member, number in zip(members, numbers):
            member.number = number

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, spec: str) -> str:
        return str.__format__(self, spec)

    @classmethod
    def of(cls: Type[AnyChoice], number: int) -> AnyChoice:
        """The member of that number. A newer library may know more than this package: such a one
        is called "unknown_7"."""
        for member in cls:
            if member.number == number:
                return member
        stranger = str.__new__(cls, f"unknown_{number}")
        stranger._name_ = f"UNKNOWN_{number}"
        stranger._value_ = f"unknown_{number}"
        stranger.number = number
        return stranger
