// SPDX-License-Identifier: MIT
#include "engines/library/piece_reader.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "base/cancel.h"
#include "base/error.h"
#include "engines/library/folder_walk.h"
#include "mix/fold_down.h"

namespace focus::core::engines {
namespace {

constexpr std::int64_t kPieceBlock = 4096;

/// Whether a file begins as MP3 does, of which no place is known before what comes before it.
bool begins_as_mpeg(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  unsigned char head[3] = {};
  file.read(reinterpret_cast<char*>(head), sizeof(head));
  return (head[0] == 0xFF && (head[1] & 0xE0) == 0xE0) ||
         (head[0] == 'I' && head[1] == 'D' && head[2] == '3');
}

void clear(audio::AudioView view) {
  for (int c = 0; c < view.channel_count(); ++c) {
    std::fill_n(view.channel(c), view.frames(), 0.0F);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<PieceReader>> PieceReader::open(const Track& track, int rate,
                                                               std::function<bool()> cancelled) {
  FOCUS_ASSIGN_OR_RETURN(const FoundFile found, look_at(track.path));
  if (found.bytes != track.bytes || found.changed != track.changed) {
    return path_error(Fault::bad_data, track.path, "has changed since it was analysed");
  }
  FOCUS_ASSIGN_OR_RETURN(auto reader, audio::AudioFileReader::open(track.path));
  const audio::AudioFileInfo& info = reader->info();
  if (info.sample_rate != track.figures.sample_rate ||
      info.channel_count != track.figures.channel_count) {
    return path_error(Fault::bad_data, track.path, "has changed since it was analysed");
  }
  return std::unique_ptr<PieceReader>(
      new PieceReader(std::move(reader), track, rate, std::move(cancelled)));
}

PieceReader::PieceReader(std::unique_ptr<audio::AudioFileReader> reader, const Track& track,
                         int rate, std::function<bool()> cancelled)
    : reader_(std::move(reader)),
      frames_(track.figures.frames),
      decodes_to_seek_(begins_as_mpeg(track.path)),
      rate_(rate),
      cancelled_(std::move(cancelled)),
      block_(reader_->info().channel_count, kPieceBlock, reader_->info().sample_rate),
      stereo_(2, kPieceBlock, reader_->info().sample_rate),
      in_(static_cast<std::size_t>(2 * kPieceBlock)),
      out_(static_cast<std::size_t>(2 * kPieceBlock)) {}

absl::Status PieceReader::seek(std::int64_t frame) {
  silence_ = std::max<std::int64_t>(-frame, 0);
  frame = std::max<std::int64_t>(frame, 0);
  const std::int64_t own_rate = reader_->info().sample_rate;
  const std::int64_t second = std::max<std::int64_t>(frame / rate_ - 1, 0);
  is_at_end_ = second * own_rate >= frames_;
  if (!is_at_end_) FOCUS_RETURN_IF_ERROR(go_to(second * own_rate));
  FOCUS_ASSIGN_OR_RETURN(auto resampler,
                         audio::StreamResampler::create(2, static_cast<int>(own_rate), rate_,
                                                        audio::ResamplerQuality::medium));
  resampler_ = std::make_unique<audio::StreamResampler>(std::move(resampler));
  in_from_ = in_to_ = 0;
  audio::AudioBuffer dropped(2, kPieceBlock, rate_);
  for (std::int64_t left = frame - second * rate_; left > 0;) {
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got,
                           produce(dropped.view().subview(0, std::min(left, kPieceBlock))));
    if (got == 0) break;
    left -= got;
  }
  return absl::OkStatus();
}

/// A seek that decodes all there is before the place may take long, and must be given up where the
/// segment is.
absl::Status PieceReader::go_to(std::int64_t frame) {
  if (!decodes_to_seek_) return reader_->seek(frame);
  FOCUS_RETURN_IF_ERROR(reader_->seek(0));
  for (std::int64_t left = frame; left > 0;) {
    if (cancelled_()) return cancelled_error();
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got,
                           reader_->read(block_.view().subview(0, std::min(left, kPieceBlock))));
    if (got == 0) break;
    left -= got;
  }
  return absl::OkStatus();
}

absl::Status PieceReader::read(audio::AudioView to) {
  std::int64_t done = std::min(silence_, to.frames());
  clear(to.subview(0, done));
  silence_ -= done;
  while (done < to.frames()) {
    const std::int64_t count = std::min(kPieceBlock, to.frames() - done);
    FOCUS_ASSIGN_OR_RETURN(const std::int64_t got, produce(to.subview(done, count)));
    if (got == 0) break;
    done += got;
  }
  clear(to.subview(done, to.frames() - done));
  return absl::OkStatus();
}

absl::Status PieceReader::refill() {
  if (cancelled_()) return cancelled_error();
  FOCUS_ASSIGN_OR_RETURN(const std::int64_t got, reader_->read(block_.view()));
  is_at_end_ = got == 0;
  const audio::AudioView folded = stereo_.view().subview(0, got);
  mix::fold_down(block_.view().subview(0, got), folded);
  interleave(folded, in_.data());
  in_from_ = 0;
  in_to_ = got;
  return absl::OkStatus();
}

/// Returns 0 at the end only.
absl::StatusOr<std::int64_t> PieceReader::produce(audio::AudioView to) {
  while (true) {
    if (in_from_ == in_to_ && !is_at_end_) FOCUS_RETURN_IF_ERROR(refill());
    const auto step = resampler_->process(in_.data() + 2 * in_from_, in_to_ - in_from_, out_.data(),
                                          to.frames(), is_at_end_);
    in_from_ += step.consumed;
    if (step.produced > 0) {
      deinterleave(out_.data(), to.subview(0, step.produced));
      return step.produced;
    }
    if (is_at_end_) return 0;
    if (step.consumed == 0 && in_from_ < in_to_) {
      return internal_error("the resampler takes no more");
    }
  }
}

}  // namespace focus::core::engines
