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

absl::Status encode(SegmentReader& reader, int sample_rate, AudioFormat format,
                    const std::string& path, const AudioFileOptions& options) {
  FOCUS_ASSIGN_OR_RETURN(auto file,
                         AudioFileWriter::create(path, format, sample_rate, kChannels, options));
  AudioBuffer block(kChannels, std::min(kBlock, reader.frames()), sample_rate);
  for (std::int64_t at = 0; at < reader.frames();) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t count, reader.read(at, block.view()));
    if (count == 0) return absl::DataLossError("a segment's file ends before its planned length");
    FOCUS_RETURN_IF_ERROR(file->write(std::as_const(block).view().subview(0, count)));
    at += count;
  }
  return file->commit(AtomicFile::Durability::synced);
}

}  // namespace

absl::Status export_segment(Session& session, int index, const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(const AudioFormat format, format_for_path(path, "path"));
  FOCUS_ASSIGN_OR_RETURN(auto reader, session.open_segment(index));
  const std::string kept = session.path_of(index);
  const bool same_format = ending_of(format) == ending_of(session.request().format);
  if (!kept.empty() && same_format) {
    return copy_file(kept, path, AtomicFile::Durability::synced);
  }
  return encode(*reader, session.request().sample_rate, format, path,
                {dither_seed(*session.plan(), index)});
}

absl::Status export_score(const Session& session, int index, const std::string& path) {
  FOCUS_RETURN_IF_ERROR(session.check_index(index));
  const MusicEngine& engine =
      session.played_by_fallback(index) ? session.fallback() : session.engine();
  const Brief brief =
      session.plan()->brief(index, engine.playing_rate(session.request().sample_rate));
  FOCUS_ASSIGN_OR_RETURN(const std::string midi, engine.score_as_midi(brief));
  return write_file(path, midi, AtomicFile::Durability::synced);
}

}  // namespace focus::core
