# SPDX-License-Identifier: MIT
"""What the checks of the interface read from the text of the C header."""
import pathlib
import re


def without_comments(header):
    return re.sub(r"/\*.*?\*/", "", pathlib.Path(header).read_text("utf-8"), flags=re.DOTALL)


def structs(text):
    """The transparent structs: {name: {field: declaration}}."""
    found = {}
    for body, name in re.findall(r"typedef struct \w+ \{(.*?)\}\s*(\w+);", text, flags=re.DOTALL):
        declarations = [" ".join(line.split()) for line in body.split(";") if line.strip()]
        found[name] = {re.search(r"\(\*(\w+)\)\(|(\w+)(?:\[\w+\])?$", line): line
                       for line in declarations}
        found[name] = {match[1] or match[2]: line for match, line in found[name].items()}
    return found


def enumerators(text):
    """[(enum, [enumerator, ...]), ...]"""
    return [(enum, re.findall(r"\bFOCUS_\w+", body)) for enum, body in
            re.findall(r"^enum (\w+) \{(.*?)\};", text, flags=re.DOTALL | re.MULTILINE)]


def constants(text):
    """The macros that are a number or a string, each on one line."""
    return re.findall(r'^#define (FOCUS_\w+) (?=[("\d-])', text, flags=re.MULTILINE)


def functions(header):
    """{name: the version that brought it, e.g. "0.1", or None}, of all that is exported."""
    text = pathlib.Path(header).read_text("utf-8")
    found, end = {}, 0
    for match in re.finditer(r"^FOCUS_API\s[^;(]*?(\w+)\s*\(", text, flags=re.MULTILINE):
        since = re.findall(r"@since (\d+\.\d+)", text[end:match.start()])
        found[match[1]] = since[-1] if since else None
        end = match.end()
    return found
