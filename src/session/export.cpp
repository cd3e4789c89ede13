// SPDX-License-Identifier: MIT
#include "session/export.h"

#include <algorithm>
#include <utility>

#include "audio/file.h"
#include "base/atomic_file.h"
#include "base/error.h"
#include "session/production.h"

namespace focus::core {
namespace {

constexpr int kChannels = 2;
constexpr std::int64_t kBlock = 65'536;

absl::Status encode(SegmentReader& reader, std::int64_t frames, int sample_rate, AudioFormat format,
                    const std::string& path, const AudioFileOptions& options) {
  FOCUS_ASSIGN_OR_RETURN(auto file,
                         AudioFileWriter::create(path, format, sample_rate, kChannels, options));
  AudioBuffer block(kChannels, std::min(kBlock, frames), sample_rate);
  for (std::int64_t at = 0; at < frames;) {
    const AudioView part = block.view().subview(0, std::min(block.frames(), frames - at));
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, reader.read(at, part));
    if (count == 0) return absl::DataLossError("a segment's file ends before its planned length");
    FOCUS_RETURN_IF_ERROR(file->write(std::as_const(block).view().subview(0, count)));
    at += count;
  }
  return file->commit(AtomicFile::Durability::synced);
}

}  // namespace

absl::Status export_segment(Session& session, int index, const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(const AudioFormat format, format_for_path(path, "path"));
  FOCUS_ASSIGN_OR_RETURN(const Session::HeardSegment heard, session.open_heard(index));
  const std::string kept = session.path_of(index);
  const bool same_format = ending_of(format) == ending_of(session.request().format);
  if (!kept.empty() && same_format && heard.frames == heard.reader->frames()) {
    return copy_file(kept, path, AtomicFile::Durability::synced);
  }
  return encode(*heard.reader, heard.frames, session.request().sample_rate, format, path,
                {dither_seed(*heard.plan, index)});
}

absl::Status export_score(const Session& session, int index, const std::string& path) {
  const std::shared_ptr<const Plan> plan = session.plan();
  FOCUS_RETURN_IF_ERROR(Session::check_index(*plan, index));
  const MusicEngine& engine =
      session.played_by_fallback(index) ? session.fallback() : session.engine();
  const Brief brief = plan->brief(index, engine.playing_rate(session.request().sample_rate));
  FOCUS_ASSIGN_OR_RETURN(const std::string midi, engine.score_as_midi(brief));
  return write_file(path, midi, AtomicFile::Durability::synced);
}

}  // namespace focus::core
