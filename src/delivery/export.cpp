// SPDX-License-Identifier: MIT
#include "delivery/export.h"

#include "audio/file.h"
#include "base/atomic_file.h"
#include "base/error.h"
#include "delivery/encoding.h"
#include "session/file_tags.h"
#include "session/heard_segment.h"

namespace focus::core::delivery {
namespace {

absl::Status encode(const session::HeardSegment& heard, int index, int sample_rate,
                    audio::AudioFormat format, const std::string& path) {
  audio::AudioFileOptions options =
      session::segment_file_options(*heard.segment.plan, index, *heard.segment.record);
  options.sweeps_leftovers = true;
  FOCUS_ASSIGN_OR_RETURN(auto file, audio::AudioFileWriter::create(path, format, sample_rate,
                                                                   audio::kChannels, options));
  FOCUS_RETURN_IF_ERROR(encode_samples(*heard.reader, heard.frames, sample_rate, *file));
  return file->commit(AtomicFile::Durability::synced);
}

}  // namespace

absl::Status export_segment(session::Session& session, int index, const std::string& path,
                            int bits) {
  FOCUS_ASSIGN_OR_RETURN(audio::AudioFormat format, audio::user_format(path, "path", bits));
  if (bits == 0 && format == audio::AudioFormat::flac24) format = audio::AudioFormat::flac16;
  FOCUS_ASSIGN_OR_RETURN(const session::HeardSegment heard, open_heard(session, index));
  const std::string& kept = heard.segment.record->path;
  if (!kept.empty()) FOCUS_RETURN_IF_ERROR(check_not_input(path, kept, "path"));
  const audio::AudioFormat own = session.started_with().format;
  const bool same_format = bits == 0 ? ending_of(format) == ending_of(own) : format == own;
  if (!kept.empty() && same_format && heard.frames == heard.reader->frames()) {
    return copy_file(kept, path, AtomicFile::Durability::synced);
  }
  return encode(heard, index, session.started_with().sample_rate, format, path);
}

absl::Status export_score(const session::Session& session, int index, const std::string& path) {
  const std::shared_ptr<const plan::Plan> plan = session.plan();
  FOCUS_RETURN_IF_ERROR(session::check_index(*plan, index));
  const auto ready = session.ready_segment(index);
  const engines::MusicEngine& engine =
      ready.ok() && ready->record->fallback ? session.fallback() : session.engine();
  const plan::Brief brief =
      plan->brief(index, engine.playing_rate(session.started_with().sample_rate));
  FOCUS_ASSIGN_OR_RETURN(const std::string midi, engine.score_as_midi(brief));
  return write_file(path, midi, AtomicFile::Durability::synced);
}

absl::Status export_track(store::Store& store, const std::string& id, const std::string& path) {
  FOCUS_ASSIGN_OR_RETURN(const auto audio, store.tracks().open(id));
  if (!audio->path().empty()) {
    return copy_file(audio->path(), path, AtomicFile::Durability::synced);
  }
  return write_file(path, std::string(audio->in_memory()), AtomicFile::Durability::synced);
}

}  // namespace focus::core::delivery
