# SPDX-License-Identifier: MIT
"""Which files are written, and by which module."""
from . import cpp

INCLUDE = "include/focus_session"


def files(header):
    """{path: text} of all that is generated."""
    return {
        f"{INCLUDE}/enums.hpp": cpp.enums(header),
        f"{INCLUDE}/options.hpp": cpp.options(header),
        f"{INCLUDE}/values.hpp": cpp.values(header),
        f"{INCLUDE}/convert.hpp": cpp.convert(header),
    }
