# SPDX-License-Identifier: MIT
"""enums.py of the Python package."""
from .text import NOTICE, enum_name, short_names, spoken, wrapped

# Enums that a caller may give by their names.
ARGUMENTS = {"focus_storage", "focus_log_level", "focus_licence_class", "focus_goal",
             "focus_intensity", "focus_format", "focus_player_mode"}

# Of these the header has no sentence, or one about C.
DOCS = {
    "focus_result": "Why a call failed.",
    "focus_log_level": "How important a line of the log is.",
    "focus_goal": "What the music is for.",
    "focus_intensity": "How busy the music is.",
    "focus_session_status": "How a session stands.",
    "focus_event_type": "What has happened.",
    "focus_player_mode": "Whether a player may wait.",
    "focus_player_state": "What a player does now.",
    "focus_http_body": "Where the body of an answer is.",
    "focus_check_verdict": "What a check says of one thing that was tried.",
}

HEAD = '''\
# SPDX-License-Identifier: MIT
"""The enumerations of the library: each member is its own name as a string.

    Goal.FOCUS == "focus"

{notice}
"""
from typing import Literal, Union

from ._choice import Choice
'''


def enum_doc(header, enum):
    return DOCS.get(enum) or header.enum_doc(enum) or f"See {enum} in the header."


def python_spoken(header, doc):
    """A comment in the words of Python, whose hosts have no constant for what has no bound."""
    doc = doc.replace("or FOCUS_NO_BOUND", f"or {header.constants['FOCUS_NO_BOUND']} for no bound")
    return spoken(header, doc, "None", lambda enum, name: f"{enum_name(enum)}.{name}")


def module(header):
    lines = HEAD.format(notice=NOTICE).split("\n")
    numbered = []
    aliases = []
    for enum, members in header.enums.items():
        name = enum_name(enum)
        shorts = short_names(members)
        lines += ["", f"class {name}(Choice):", wrapped(f'"""{enum_doc(header, enum)}"""', "    ", "    "), ""]
        for short, member in zip(shorts, members):
            if member.doc:
                lines.append(wrapped(python_spoken(header, member.doc), "    #: ", "    #: "))
            lines.append(f'    {short} = "{short.lower()}"')
        lines.append("")
        numbers = ", ".join(str(member.number) for member in members)
        numbered.append(wrapped(f"{name}._set_numbers({numbers})", "", "    "))
        if enum in ARGUMENTS:
            words = ", ".join(f'"{short.lower()}"' for short in shorts)
            aliases.append(wrapped(f"{name}Like = Union[{name}, Literal[{words}]]", "", "    "))
    lines += ["", "# What the C interface calls them, in their order.", *numbered]
    lines += ["", "# What a caller may write: a member, or its name.", *aliases, "", "__all__ = ["]
    lines += [f'    "{enum_name(enum)}",' for enum in header.enums] + ["]", ""]
    return "\n".join(lines)
