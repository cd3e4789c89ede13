// SPDX-License-Identifier: MIT
#include "engines/library/item_player.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/cancel.h"
#include "base/error.h"
#include "mastering/decibels.h"

namespace focus::core::engines {

ItemPlayer::ItemPlayer(const Programme& programme, const ProgrammeItem& item, int rate,
                       std::function<bool()> cancelled, TellFailure tell)
    : programme_(programme),
      item_(item),
      rate_(rate),
      cancelled_(std::move(cancelled)),
      tell_(std::move(tell)) {}

absl::Status ItemPlayer::open() {
  const bool is_own = tried_ == 0;
  const Track& track =
      is_own ? programme_.track(item_) : programme_.snapshot().tracks[item_.stand_ins[tried_ - 1]];
  FOCUS_ASSIGN_OR_RETURN(reader_, PieceReader::open(track, rate_, cancelled_));
  const std::int64_t start = item_.start * rate_ / 100;
  const double offset =
      is_own ? item_.offset_seconds : 0.01 * static_cast<double>(track.figures.sound_in);
  origin_ = start - std::llround(offset * rate_);
  const double gain = is_own ? item_.gain_db : kProgrammeLufs - track.figures.integrated_lufs;
  gain_ = static_cast<float>(mastering::amplitude_of_db(gain));
  return absl::OkStatus();
}

absl::Status ItemPlayer::try_read(std::int64_t frame, audio::AudioView to) {
  if (reader_ == nullptr) {
    FOCUS_RETURN_IF_ERROR(open());
    next_ = -1;
  }
  if (next_ != frame) FOCUS_RETURN_IF_ERROR(reader_->seek(frame - origin_));
  FOCUS_RETURN_IF_ERROR(reader_->read(to));
  next_ = frame + to.frames();
  return absl::OkStatus();
}

absl::Status ItemPlayer::read(std::int64_t frame, audio::AudioView to) {
  while (true) {
    const absl::Status status = try_read(frame, to);
    if (status.ok()) break;
    if (is_cancelled(status) || has_fault(status, Fault::memory)) return status;
    const Track& track = tried_ == 0 ? programme_.track(item_)
                                     : programme_.snapshot().tracks[item_.stand_ins[tried_ - 1]];
    tell_(track, status);
    reader_ = nullptr;
    // Within a piece that was heard already, the stand-in must not begin with a click.
    if (next_ == frame) fade_from_ = frame;
    if (tried_ == item_.stand_ins.size()) {
      return engine_error("a track of the library can not be read, and none is there to stand in");
    }
    ++tried_;
  }
  const double fade = 0.03 * rate_;
  for (int c = 0; c < to.channel_count(); ++c) {
    float* const samples = to.channel(c);
    for (std::int64_t i = 0; i < to.frames(); ++i) {
      float gain = gain_;
      if (fade_from_ >= 0 && static_cast<double>(frame + i - fade_from_) < fade) {
        gain *= static_cast<float>(static_cast<double>(frame + i - fade_from_) / fade);
      }
      samples[i] *= gain;
    }
  }
  return absl::OkStatus();
}

}  // namespace focus::core::engines
