// SPDX-License-Identifier: MIT
#include "session/production.h"

#include <algorithm>
#include <exception>

#include <absl/strings/str_cat.h>

#include "audio/resampler.h"
#include "base/error.h"
#include "base/random.h"
#include "mastering/master.h"
#include "mastering/modulation.h"

namespace focus::core {
namespace {

constexpr int kChannels = 2;

/// Collects an engine's blocks into one buffer of exactly the length that was asked for.
class BufferSink final : public SegmentSink {
 public:
  BufferSink(std::int64_t frames, int sample_rate, const CancelToken& cancel)
      : audio_(kChannels, frames, sample_rate), cancel_(cancel) {}

  void write(ConstAudioView block) override {
    const std::int64_t count = std::min(block.frames(), audio_.frames() - written_);
    for (int c = 0; c < kChannels; ++c) {
      std::copy_n(block.channel(c), count, audio_.samples(c).begin() + written_);
    }
    written_ += count;
  }
  bool cancelled() const override { return cancel_.cancelled(); }

  std::int64_t written() const { return written_; }
  AudioBuffer take() { return std::move(audio_); }

 private:
  AudioBuffer audio_;
  const CancelToken& cancel_;
  std::int64_t written_ = 0;
};

/// An engine is foreign code: what it throws is its failure, and has a fallback like any other.
absl::Status generate_guarded(const MusicEngine& engine, const Brief& brief, SegmentSink& sink) {
  try {
    return engine.generate(brief, sink);
  } catch (const std::exception& error) {
    return absl::InternalError(error.what());
  } catch (...) {
    return absl::InternalError("it threw something that is no std::exception");
  }
}

/// The engine's audio at the session's rate, whole.
absl::StatusOr<AudioBuffer> generate(const MusicEngine& engine, const Session& session, int index,
                                     const CancelToken& cancel) {
  const int rate = session.request().sample_rate;
  const int playing_rate = engine.playing_rate(rate);
  const Brief brief = session.plan().brief(index, playing_rate);
  BufferSink sink(brief.frames, playing_rate, cancel);
  FOCUS_RETURN_IF_ERROR(generate_guarded(engine, brief, sink));
  if (cancel.cancelled()) return cancelled_error();
  if (sink.written() < brief.frames) {
    return absl::InternalError(
        absl::StrCat("delivered ", sink.written(), " of ", brief.frames, " frames"));
  }
  AudioBuffer audio = sink.take();
  if (playing_rate == rate) return audio;
  const Brief wanted = session.plan().brief(index, rate);
  return resample(audio, rate, wanted.frames, cancel);
}

/// Breaks are for rest: they are never modulated.
absl::Status modulate_segment(AudioBuffer& audio, const Session& session, int index,
                              const CancelToken& cancel) {
  const Plan& plan = session.plan();
  if (plan.phase(index) == Phase::break_) return absl::OkStatus();
  const int rate = audio.sample_rate();
  return modulate(audio.view(), rate, plan.start_frame(index, rate),
                  session.request().modulation_depth, cancel);
}

/// The session's last fade, from the segment's first frame on.
EndingFade ending_fade_of(const Plan& plan, int index, int rate) {
  EndingFade fade;
  fade.frames = static_cast<std::int64_t>(plan.ending_seconds() * rate);
  const std::int64_t session_end = plan.end_frame(plan.segment_count() - 1, rate);
  fade.start = session_end - fade.frames - plan.start_frame(index, rate);
  return fade;
}

absl::StatusOr<Mastering> master_segment(AudioBuffer& audio, const Session& session, int index,
                                         const CancelToken& cancel) {
  MasteringSettings settings;
  settings.target_lufs = session.request().loudness_target();
  settings.ending_fade = ending_fade_of(session.plan(), index, audio.sample_rate());
  return master(audio, settings, cancel);
}

/// One try with one engine, up to audio that is fit to be kept.
absl::StatusOr<AudioBuffer> make_audio(const MusicEngine& engine, const Session& session, int index,
                                       const CancelToken& cancel, Mastering& mastering) {
  FOCUS_ASSIGN_OR_RETURN(AudioBuffer audio, generate(engine, session, index, cancel));
  FOCUS_RETURN_IF_ERROR(modulate_segment(audio, session, index, cancel));
  FOCUS_ASSIGN_OR_RETURN(mastering, master_segment(audio, session, index, cancel));
  return audio;
}

}  // namespace

std::uint64_t dither_seed(const Plan& plan, int index) {
  return Random(plan.seed()).fork("dither").fork(static_cast<std::uint64_t>(index)).bits();
}

absl::StatusOr<SegmentRecord> produce_segment(Session& session, int index,
                                              const CancelToken& cancel, const Log& log) {
  SegmentRecord record;
  record.index = index;
  const MusicEngine* player = &session.engine();
  absl::StatusOr<AudioBuffer> audio = make_audio(*player, session, index, cancel, record.mastering);

  if (!audio.ok() && !absl::IsCancelled(audio.status()) && player != &session.fallback()) {
    const std::string why =
        absl::StrCat("engine '", player->info().key, "' failed: ", audio.status().message());
    log.write(LogLevel::warning, absl::StrCat(session.id(), " segment ", index, ": ", why));
    session.events().add({EventType::fallback, index, audio.status(), why});
    player = &session.fallback();
    record.fallback = true;
    audio = make_audio(*player, session, index, cancel, record.mastering);
  }
  if (absl::IsCancelled(audio.status())) return audio.status();
  if (!audio.ok()) {
    return absl::UnknownError(
        absl::StrCat("engine '", player->info().key, "' failed: ", audio.status().message()));
  }

  record.engine = player->info().key;
  record.engine_version = player->info().version;
  return session.store().put_segment(session.id(), session.request().format, std::move(record),
                                     *std::move(audio), dither_seed(session.plan(), index), cancel);
}

}  // namespace focus::core
