#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every field of a struct that the Java classes mirror is in them, or is known to be left out.

    check_mirrors.py C_HEADER MIRRORS_CPP
"""
import pathlib
import re
import sys

header, mirrors = (pathlib.Path(path).read_text("utf-8") for path in sys.argv[1:3])
# What goes across in another way, or not at all.
LEFT_OUT = {
    "focus_service_options": {"log", "log_user_data"},       # see service.cpp
    "focus_event": {"message", "engine"},                    # arrays, see session.cpp
    "focus_measurement_info": {"curve_count"},               # the length of an array
    "focus_brief": {"previous_samples"},                     # see engine.cpp
    "focus_http_response_info": {"body"},                    # is read
}


def fields(struct):
    body = re.search(rf"typedef struct {struct} {{(.*?)^}} {struct};", header,
                     re.DOTALL | re.MULTILINE).group(1)
    body = re.sub(r"/\*.*?\*/", "", body, flags=re.DOTALL)
    return {re.search(r"(\w+)(\[\w+\])?$", line.strip()).group(1) for line in body.split(";")
            if line.strip()}


wrong = []
found = re.findall(r"using T = (\w+);.*?Mirror\(\"\w+\",(.*?)\)?;", mirrors, re.DOTALL)
for struct, members in found:
    mirrored = set(re.findall(r"M\((\w+)\)", members))
    lacking = fields(struct) - mirrored - LEFT_OUT.get(struct, set()) - {"struct_size", "reserved"}
    if lacking:
        wrong.append(f"{struct}: the Java class lacks {', '.join(sorted(lacking))}")
if len(found) != mirrors.count("using T ="):
    wrong.append("mirrors.cpp is not laid out as this test understands it")
print("\n".join(wrong) or f"{len(found)} structs are mirrored whole")
sys.exit(bool(wrong))
