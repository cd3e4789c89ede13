// SPDX-License-Identifier: MIT
#include "session/export.h"

#include "audio/file.h"
#include "base/atomic_file.h"
#include "base/error.h"
#include "session/encoding.h"
#include "session/production.h"

namespace focus::core {
namespace {

absl::Status encode(const Session::HeardSegment& heard, int index, int sample_rate,
                    AudioFormat format, const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(auto file,
                         AudioFileWriter::create(path, format, sample_rate, kEncodedChannels,
                                                 {dither_seed(*heard.plan, index)}));
  FOCUS_RETURN_IF_ERROR(encode_samples(*heard.reader, heard.frames, sample_rate, *file));
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
  return encode(heard, index, session.request().sample_rate, format, path);
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

absl::Status export_track(Store& store, const std::string& id, const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(const auto audio, store.tracks().open(id));
  if (!audio->path().empty()) {
    return copy_file(audio->path(), path, AtomicFile::Durability::synced);
  }
  return write_file(path, std::string(audio->in_memory()), AtomicFile::Durability::synced);
}

}  // namespace focus::core
