# SPDX-License-Identifier: MIT
"""mirrors.cpp of the JNI layer: which fields of which structs are copied into which Java classes."""
from . import java_shapes
from .text import NOTICE, wrapped

# The members of Mirrors (mirror.h) in their order, each with its struct.
MIRRORS = (
    "focus_service_options", "focus_engine_info", "focus_session_request", "focus_steering",
    "focus_session_info", "focus_segment_info", "focus_event", "focus_player_options",
    "focus_player_info", "focus_measurement_info", "focus_track_info", "focus_engine_description",
    "focus_brief", "focus_http_response_info")

TEXT = """\
// SPDX-License-Identifier: MIT
{notice}
// Which fields of which structs go across.
#include "mirror.h"

namespace focus_jni {{

// clang-format off
Mirrors& mirrors() {{
#define M(member) FOCUS_MEMBER(T, member)
  static Mirrors all{{
{mirrors}}};
#undef M
  return all;
}}
// clang-format on

bool load_mirrors(JNIEnv* env) {{
  Mirrors& all = mirrors();
  for (Mirror* mirror :
       {{&all.service_options, &all.engine_info, &all.request, &all.steering, &all.session_info,
        &all.segment_info, &all.event, &all.player_options, &all.player_info, &all.measurement_info,
        &all.track_info, &all.engine_description, &all.brief, &all.http_info}}) {{
    if (!mirror->load(env)) return false;
  }}
  return true;
}}

}}  // namespace focus_jni
"""


def module(header):
    shapes = {shape.struct: shape for shape in [*java_shapes.ASKED, *java_shapes.TOLD, java_shapes.HTTP]}
    parts = []
    for struct in MIRRORS:
        shape = shapes[struct]
        # Arrays of characters are no strings that JNI knows; session.cpp copies those.
        members = ", ".join(f"M({field.name})" for field in shape.fields(header)
                            if not field.declaration.startswith("char "))
        parts.append(f"      [] {{\n        using T = {struct};\n"
                     f'        return Mirror("{shape.name}", {{\n'
                     + wrapped(members + "});", " " * 12, " " * 12) + "\n      }()")
    return TEXT.format(notice=wrapped(NOTICE, "// ", "// "), mirrors=",\n".join(parts))
