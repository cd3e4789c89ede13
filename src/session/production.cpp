// SPDX-License-Identifier: MIT
#include "session/production.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "audio/resampler.h"
#include "base/error.h"
#include "base/lock_rank.h"
#include "base/random.h"
#include "engines/scenery.h"
#include "mastering/judgement.h"
#include "mastering/master.h"
#include "mastering/modulation.h"
#include "mastering/true_peak.h"
#include "session/file_tags.h"
#include "session/heard_segment.h"
#include "session/level_ride.h"

namespace focus::core::session {

std::uint64_t dither_seed(const plan::Plan& plan, int index) {
  return Random(plan.seed()).fork("dither").fork(static_cast<std::uint64_t>(index)).bits();
}

namespace {

/// Collects an engine's blocks into one buffer of exactly the length that was asked for.
class BufferSink final : public engines::SegmentSink {
 public:
  /// `patience` is how long, from now on, the engine may take; 0: for ever.
  BufferSink(std::int64_t frames, int sample_rate, const Claim& claim, const Clock& clock,
             double patience)
      : audio_(audio::kChannels, frames, sample_rate),
        cancel_(claim.cancel),
        progress_(claim.progress),
        clock_(clock) {
    progress_.tell(0.0);
    if (patience > 0.0) deadline_ = clock.steady_seconds() + patience;
  }

  void write(audio::ConstAudioView block) override {
    const std::int64_t count = std::min(block.frames(), audio_.frames() - written_);
    for (int c = 0; c < audio::kChannels; ++c) {
      std::copy_n(block.channel(c), count, audio_.samples(c).begin() + written_);
    }
    written_ += count;
  }
  bool cancelled() const override { return cancel_.cancelled() || is_late(); }
  void report_progress(double fraction) override { progress_.tell(fraction); }

  bool is_late() const { return deadline_ && clock_.steady_seconds() >= *deadline_; }
  std::int64_t written() const { return written_; }
  audio::AudioBuffer take() { return std::move(audio_); }

 private:
  audio::AudioBuffer audio_;
  const CancelToken& cancel_;
  Progress progress_;
  const Clock& clock_;
  std::optional<double> deadline_;
  std::int64_t written_ = 0;
};

/// An engine is foreign code: what it throws is its failure, and has a fallback like any other.
/// Lack of memory is nobody's failure, and goes on to the caller.
absl::Status generate_guarded(const engines::MusicEngine& engine, const plan::Brief& brief,
                              engines::SegmentSink& sink) {
  assert_no_lock();
  try {
    return engine.generate(brief, sink);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    return engine_error(error.what());
  } catch (...) {
    return engine_error("it threw something that is no std::exception");
  }
}

/// The end of the segment before, as much of it as the engine wants to hear. The error where it is
/// not there, or not any more.
absl::StatusOr<audio::AudioBuffer> read_previous(Session& session,
                                                 const engines::MusicEngine& engine,
                                                 const Claim& claim, int playing_rate) {
  FOCUS_ASSIGN_OR_RETURN(const HeardSegment before, open_heard(session, claim.index - 1));
  const int rate = claim.plan->request().sample_rate;
  const auto wanted = static_cast<std::int64_t>(engine.info().previous_seconds * rate);
  const std::int64_t frames = std::min(wanted, before.frames);
  audio::AudioBuffer end(audio::kChannels, frames, rate);
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t read,
                         before.reader->read(before.frames - frames, end.view()));
  if (read < frames)
    return fault_error(Fault::bad_data, "the segment before is shorter than it should be");
  if (playing_rate == rate) return end;
  return resample(end, playing_rate, audio::resampled_frames(frames, rate, playing_rate),
                  claim.cancel);
}

/// All the engine is told, at the rate at which it plays.
plan::Brief brief_for(Session& session, const engines::MusicEngine& engine, const Claim& claim) {
  const int playing_rate = engine.playing_rate(claim.plan->request().sample_rate);
  plan::Brief brief = claim.plan->brief(claim.index, playing_rate);
  brief.session_id = session.id();
  if (engine.info().continues_previous && claim.index > 0) {
    auto previous = read_previous(session, engine, claim, playing_rate);
    if (previous.ok())
      brief.previous = std::make_shared<const audio::AudioBuffer>(*std::move(previous));
  }
  return brief;
}

/// The engine's audio at the session's rate, whole. An engine that has delivered is paid, also
/// where nobody wants the audio any more.
absl::StatusOr<audio::AudioBuffer> generate(Job& job, const engines::MusicEngine& engine,
                                            const Log& log) {
  Session& session = *job.session;
  const Claim& claim = job.claim;
  const int rate = claim.plan->request().sample_rate;
  const bool is_replaceable = &engine == &session.engine() && session.work().stand_in_for(engine);
  const double patience = is_replaceable ? session.started_with().fallback_after_seconds : 0.0;
  const plan::Brief brief = brief_for(session, engine, claim);
  const int playing_rate = brief.sample_rate;
  BufferSink sink(brief.frames, playing_rate, claim, job.clock, patience);
  const absl::Status generated = generate_guarded(engine, brief, sink);
  if (is_cancelled(generated) && !claim.cancel.cancelled()) {
    if (!sink.is_late()) return engine_error("it gave up, though nobody had asked it to");
    return engine_error(absl::StrCat("it took longer than ", patience, " s"));
  }
  FOCUS_RETURN_IF_ERROR(generated);
  if (sink.written() < brief.frames) {
    if (claim.cancel.cancelled()) return cancelled_error();
    return engine_error(
        absl::StrCat("delivered ", sink.written(), " of ", brief.frames, " frames"));
  }
  job.has_paid = job.payment.held_micros() > 0;
  if (const absl::Status written = session.work().settle(job.payment); !written.ok()) {
    log.write(LogLevel::warning, absl::StrCat(session.id(), ": ", message_of(written)));
  }
  if (claim.cancel.cancelled()) return cancelled_error();
  audio::AudioBuffer audio = sink.take();
  if (playing_rate == rate) return audio;
  // Told here, since the resampler spreads such a sample over its neighbours.
  if (!std::isfinite(mastering::sample_peak(std::as_const(audio).view()))) {
    const mastering::Inspection found =
        mastering::inspect(std::as_const(audio).view(), playing_rate);
    return engine_error(absl::StrCat("the audio ", tell_not_finite(found)));
  }
  const plan::Brief wanted = claim.plan->brief(claim.index, rate);
  return resample(audio, rate, wanted.frames, claim.cancel);
}

/// Breaks are for rest: they are never modulated.
absl::Status modulate_segment(audio::AudioBuffer& audio, const Claim& claim) {
  const plan::Plan& plan = *claim.plan;
  if (plan.phase(claim.index) == plan::Phase::break_) return absl::OkStatus();
  const int rate = audio.sample_rate();
  return mastering::modulate(audio.view(), rate, plan.start_frame(claim.index, rate),
                             plan.request_of(claim.index).modulation_depth, claim.cancel);
}

/// What the request adds to the engine's music.
absl::Status finish_segment(audio::AudioBuffer& audio, const engines::MusicEngine& engine,
                            const Claim& claim) {
  FOCUS_RETURN_IF_ERROR(modulate_segment(audio, claim));
  const plan::Brief brief = claim.plan->brief(claim.index, audio.sample_rate());
  if (!engine.plays_scenes()) {
    FOCUS_RETURN_IF_ERROR(engines::lay_scenes(brief, audio, claim.cancel));
  }
  ride_level(brief, audio.view());
  return absl::OkStatus();
}

/// The session's last fade, from the segment's first frame on.
mastering::EndingFade ending_fade_of(const plan::Brief& brief, const plan::Plan& plan) {
  const int rate = brief.sample_rate;
  mastering::EndingFade fade;
  fade.frames = static_cast<std::int64_t>(brief.ending_seconds * rate);
  const auto session_end = static_cast<std::int64_t>(brief.session_seconds * rate);
  fade.start = session_end - fade.frames - plan.start_frame(brief.index, rate);
  return fade;
}

mastering::MasteringSettings settings_of(const Claim& claim, int sample_rate) {
  const plan::Plan& plan = *claim.plan;
  mastering::MasteringSettings settings;
  const plan::Brief brief = plan.brief(claim.index, sample_rate);
  settings.target_lufs = brief.target_lufs;
  settings.ending_fade = ending_fade_of(brief, plan);
  return settings;
}

/// Audio that is not fit to be heard is a failure of its engine. Where no other engine is left,
/// what can be borne is kept, and told.
absl::Status judge(Job& job, const engines::MusicEngine& engine, const Log& log,
                   const mastering::Judgement& judgement) {
  if (judgement.is_fit()) return absl::OkStatus();
  Session& session = *job.session;
  const absl::Status failed = engine_error(absl::StrCat("the audio ", judgement.fault));
  if (!judgement.is_bearable || session.work().stand_in_for(engine)) return failed;
  const std::string why = absl::StrCat("engine '", engine.info().key,
                                       "' is kept, since no other is left: ", failed.message());
  log.write(LogLevel::warning, absl::StrCat(session.id(), " segment ", job.claim.index, ": ", why));
  session.events().add({EventType::trouble, job.claim.index, failed, why});
  return absl::OkStatus();
}

/// One try with one engine, up to audio that is fit to be kept. `lacks_memory` says that the
/// library had none, so that the error says nothing about the engine.
absl::StatusOr<audio::AudioBuffer> make_audio(Job& job, const engines::MusicEngine& engine,
                                              const Log& log, mastering::Mastering& mastering,
                                              bool& lacks_memory) {
  lacks_memory = false;
  try {
    FOCUS_ASSIGN_OR_RETURN(audio::AudioBuffer audio, generate(job, engine, log));
    const absl::Status finished = finish_segment(audio, engine, job.claim);
    lacks_memory = has_fault(finished, Fault::memory);
    FOCUS_RETURN_IF_ERROR(finished);
    const mastering::MasteringSettings settings = settings_of(job.claim, audio.sample_rate());
    auto mastered = master(audio, settings, job.claim.cancel);
    lacks_memory = has_fault(mastered.status(), Fault::memory);
    FOCUS_ASSIGN_OR_RETURN(mastering, std::move(mastered));
    FOCUS_RETURN_IF_ERROR(judge(job, engine, log, judge_segment(mastering, settings)));
    return audio;
  } catch (const std::bad_alloc&) {
    lacks_memory = true;
    return out_of_memory("making a segment");
  }
}

absl::StatusOr<store::SegmentRecord> keep_made(Job& job) {
  return job.session->work().keep(
      job.claim, job.record, *std::move(job.made),
      segment_file_options(*job.claim.plan, job.claim.index, job.record), job.tries_again);
}

}  // namespace

absl::StatusOr<store::SegmentRecord> produce_segment(Job& job, const Log& log) {
  Session& session = *job.session;
  SegmentWork& work = session.work();
  const Claim& claim = job.claim;
  if (job.made) return keep_made(job);
  if (absl::Status begun = work.begin(claim); SegmentWork::is_given_up(begun)) return begun;
  FOCUS_RETURN_IF_ERROR(work.pay(claim, job.payment, *claim.engine));
  store::SegmentRecord& record = job.record;
  record = {};
  record.index = claim.index;
  record.fallback = claim.stands_in;
  const auto stand_in = [&](const engines::MusicEngine& next, const absl::Status& status,
                            const std::string& why) {
    record.fallback = true;
    log.write(LogLevel::warning, absl::StrCat(session.id(), " segment ", claim.index, ": ", why));
    session.events().add({EventType::fallback, claim.index, status, why, next.info().key});
  };
  std::shared_ptr<const engines::MusicEngine> engine = claim.engine;
  if (claim.stands_in) {
    stand_in(*engine, absl::OkStatus(),
             absl::StrCat("engine '", session.engine().info().key, "' is late; '",
                          engine->info().key, "' plays this segment"));
  }
  bool lacks_memory = false;
  absl::StatusOr<audio::AudioBuffer> audio =
      make_audio(job, *engine, log, record.mastering, lacks_memory);
  while (!audio.ok() && !is_cancelled(audio.status())) {
    // The same engine is asked again, unless it would be paid twice for the segment.
    if (lacks_memory && job.tries_again && !job.has_paid) return audio.status();
    const std::shared_ptr<const engines::MusicEngine> next = work.stand_in_for(*engine);
    if (!next) break;
    stand_in(
        *next, audio.status(),
        absl::StrCat("engine '", engine->info().key, "' failed: ", message_of(audio.status())));
    engine = next;
    FOCUS_RETURN_IF_ERROR(work.fall_back(claim, job.payment, engine));
    audio = make_audio(job, *engine, log, record.mastering, lacks_memory);
  }
  if (is_cancelled(audio.status())) return audio.status();
  if (!audio.ok()) {
    if (lacks_memory) return audio.status();
    return with_path(engine_error(absl::StrCat("engine '", engine->info().key,
                                               "' failed: ", message_of(audio.status()))),
                     path_of(audio.status()));
  }

  record.engine = engine->info().key;
  record.engine_version = engine->info().version;
  record.licence_class = std::string(name_of(engine->info().licence_class));
  record.instrumental = !engine->info().vocals;
  job.made = *std::move(audio);
  return keep_made(job);
}

}  // namespace focus::core::session
