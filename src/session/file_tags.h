// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "audio/file.h"
#include "engines/engine.h"
#include "plan/plan.h"
#include "store/records.h"

namespace focus::core::session {

// What the files of sessions say of themselves. It depends on what the music depends on, and on
// nothing else: the same segment has the same tags on every machine, whenever it is made.

/// How a file of a segment is written: its dither, and its tags.
audio::AudioFileOptions segment_file_options(const plan::Plan& plan, int index,
                                             const store::SegmentRecord& record);

/// The tags of a file that has all of a session, as the last steering has left it. They contain the
/// command that makes the file again; `out` is the OUT of that command (see plan::render_command).
/// The caller adds the loudness, which is known when all was written. Chapters are in frames at
/// `sample_rate`.
audio::FileTags session_file_tags(const plan::Plan& plan, const engines::EngineInfo& engine,
                                  int sample_rate, std::string_view out);

}  // namespace focus::core::session
