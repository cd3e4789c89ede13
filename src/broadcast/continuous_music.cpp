// SPDX-License-Identifier: MIT
#include "broadcast/continuous_music.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"

namespace focus::core::broadcast {
namespace {

using State = player::Mixdown::State;

std::int64_t block_frames(int rate) { return std::max(rate / 50, 64); }

/// The last stage before an encoder, some of which end the process over a sample that is no number.
void make_safe(audio::AudioView audio) {
  for (int c = 0; c < audio.channel_count(); ++c) {
    for (float& sample : audio.samples(c)) {
      sample = std::isfinite(sample) ? std::clamp(sample, -1.0f, 1.0f) : 0.0f;
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<ContinuousMusic>> ContinuousMusic::create(
    session::SessionUse session, int rate, double start_seconds) {
  const int session_rate = session->started_with().sample_rate;
  std::optional<audio::StreamResampler> resampler;
  if (rate != session_rate) {
    FOCUS_ASSIGN_OR_RETURN(resampler,
                           audio::StreamResampler::create(audio::kChannels, session_rate, rate,
                                                          audio::ResamplerQuality::medium));
  }
  std::unique_ptr<ContinuousMusic> music(
      new ContinuousMusic(std::move(session), session_rate, std::move(resampler), rate));
  music->mixdown_.seek(std::llround(start_seconds * session_rate));
  music->report();
  return music;
}

ContinuousMusic::ContinuousMusic(session::SessionUse session, int session_rate,
                                 std::optional<audio::StreamResampler> resampler, int rate)
    : session_(session),
      session_rate_(session_rate),
      mixdown_(std::move(session), session::Listeners::Kind::live),
      mixed_(audio::kChannels, block_frames(session_rate), session_rate),
      resampler_(std::move(resampler)) {
  if (!resampler_) return;
  interleaved_.resize(static_cast<std::size_t>(mixed_.frames()) * audio::kChannels);
  // Of the last block also what the filter still holds.
  const auto most = static_cast<std::int64_t>(
      std::ceil(static_cast<double>(mixed_.frames()) * resampler_->ratio()) + rate / 10);
  out_ = audio::AudioBuffer(audio::kChannels, most, rate);
  converted_.resize(static_cast<std::size_t>(most) * audio::kChannels);
}

absl::StatusOr<ContinuousMusic::Block> ContinuousMusic::read() {
  // A change of the session can be heard from here on: what was read is with the listeners.
  mixdown_.change_ready(mixdown_.position());
  FOCUS_ASSIGN_OR_RETURN(const player::Mixdown::Block mixed, mixdown_.read(mixed_.view()));
  audio::AudioView audio = mixed_.view().subview(0, mixed.frames);
  if (resampler_) {
    const std::int64_t count = convert(audio, mixed.state == State::finished);
    audio = out_.view().subview(0, count);
  }
  make_safe(audio);
  return Block{audio, mixed.state};
}

/// Puts the mixed music into `out_` at the stream's rate. Returns how many frames it is.
std::int64_t ContinuousMusic::convert(audio::ConstAudioView mixed, bool is_last) {
  audio::interleave(mixed, interleaved_.data());
  std::int64_t consumed = 0;
  std::int64_t produced = 0;
  const std::int64_t room = out_.frames();
  while (produced < room) {
    const auto step = resampler_->process(
        interleaved_.data() + consumed * audio::kChannels, mixed.frames() - consumed,
        converted_.data() + produced * audio::kChannels, room - produced, is_last);
    consumed += step.consumed;
    produced += step.produced;
    if (step.consumed == 0 && step.produced == 0) break;
  }
  // A filter's last samples may be one too many: the stream is as long as the music.
  given_in_ += mixed.frames();
  const std::int64_t most =
      audio::resampled_frames(given_in_, session_rate_, out_.sample_rate()) - given_out_;
  if (is_last) produced = std::min(produced, most);
  given_out_ += produced;
  audio::deinterleave(converted_.data(), out_.view().subview(0, produced));
  return produced;
}

bool ContinuousMusic::is_late() const {
  const plan::Plan& plan = mixdown_.plan();
  const int next = segment_index() + 1;
  if (next >= plan.segment_count()) return false;
  const double end = static_cast<double>(mixdown_.position() + mixed_.frames()) / session_rate_;
  return plan.start_seconds(next) <= end &&
         session_->readiness(next) == session::Readiness::pending;
}

int ContinuousMusic::segment_index() const {
  const int index = mixdown_.plan().segment_at(mixdown_.position(), session_rate_);
  return std::min(index, mixdown_.latest_index());
}

}  // namespace focus::core::broadcast
