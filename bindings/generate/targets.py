# SPDX-License-Identifier: MIT
"""Which files are written, and by which module."""
from . import capi, cpp, java, jni, python_abi, python_enums, python_method_modules, python_values, swift

INCLUDE = "include/focus_session"
JAVA = "bindings/jvm/java/org/focussession"
SWIFT = "bindings/swift/Sources/FocusSession"
PYTHON = "bindings/python/src/focus_session"


def files(header):
    """{path: text} of all that is generated."""
    return {
        "capi/member_ends.h": capi.member_ends(header),
        f"{INCLUDE}/enums.hpp": cpp.enums(header),
        f"{INCLUDE}/options.hpp": cpp.options(header),
        f"{INCLUDE}/values.hpp": cpp.values(header),
        f"{INCLUDE}/convert.hpp": cpp.convert(header),
        f"{PYTHON}/_abi.py": python_abi.module(header),
        f"{PYTHON}/enums.py": python_enums.module(header),
        f"{PYTHON}/values.py": python_values.module(header),
        f"{PYTHON}/_engine_description.py": python_method_modules.engine(header),
        f"{PYTHON}/_mix_methods.py": python_method_modules.mix(header),
        f"{PYTHON}/_service_methods.py": python_method_modules.service(header),
        f"{PYTHON}/_session_methods.py": python_method_modules.session(header),
        **{f"{JAVA}/{name}": text for name, text in java.files(header).items()},
        "bindings/jvm/native/mirrors.cpp": jni.module(header),
        f"{SWIFT}/Enums.swift": swift.enums(header),
        f"{SWIFT}/Values.swift": swift.values(header),
    }
