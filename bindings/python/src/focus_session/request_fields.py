# SPDX-License-Identifier: MIT
"""What the fields of a request may hold."""
import ctypes
from typing import List

from . import _abi
from ._library import lib
from ._read import read
from .values import RequestField


def request_fields() -> List[RequestField]:
    """All fields of a request that the library knows, each with its range: for forms and checks."""
    count = ctypes.c_int32()
    lib.focus_request_field_count(ctypes.byref(count))
    fields = []
    for index in range(count.value):
        room = _abi.focus_request_field()
        lib.focus_request_field_get(index, ctypes.byref(room))
        fields.append(read(RequestField, room))
    return fields
