# SPDX-License-Identifier: MIT
"""Where the members of each struct end, for the C boundary: a host's struct_size may lie between two."""
from .text import NOTICE, wrapped

HEAD = f"""// SPDX-License-Identifier: MIT
{wrapped(NOTICE, "// ", "// ")}
#pragma once

#include <cstddef>

#include <focus_session/focus_session.h>

namespace focus::core::capi {{

/// How many bytes of a struct its members take, up to and including each of them.
template <typename Struct>
struct MemberEnds;

// A member a line.
// clang-format off
"""


def member_ends(header):
    """The text of capi/member_ends.h."""
    parts = [HEAD]
    for struct, fields in header.structs.items():
        if fields[0].name != "struct_size":
            continue
        ends = "".join(f"      offsetof({struct}, {field.name}) + sizeof({struct}::{field.name}),\n"
                       for field in fields)
        parts.append(f"\ntemplate <>\nstruct MemberEnds<{struct}> {{\n"
                     f"  static constexpr std::size_t kEnds[] = {{\n{ends}  }};\n}};\n")
    parts.append("\n// clang-format on\n}  // namespace focus::core::capi\n")
    return "".join(parts)
