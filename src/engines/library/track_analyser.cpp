// SPDX-License-Identifier: MIT
#include "engines/library/track_analyser.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <absl/strings/str_cat.h>

#include "base/error.h"
#include "base/text.h"
#include "dsp/flush_denormals.h"
#include "engines/library/phrase_ends.h"
#include "mastering/decibels.h"
#include "mastering/gating.h"
#include "mastering/music_edges.h"

namespace focus::core::engines {
namespace {

constexpr int kBlocksPerSecond = 100;
constexpr double kTempoSeconds = 30.0;
constexpr double kLeastTempoSeconds = 10.0;
// What is so far below the whole is a pause: a session would hear it as a hole.
constexpr double kPauseLu = 38.0;
constexpr std::size_t kShortestPause = 15;  // steps of 100 ms
constexpr double kQuietest = -70.0;         // LUFS; what is below is no music

int thinning_for(int rate) { return std::max(1, static_cast<int>(std::lround(rate / 24'000.0))); }

double scaled(double value, double low, double high) {
  return std::clamp((value - low) / (high - low), 0.0, 1.0);
}

/// How much the level rises in a second, in dB: what drums and plucked notes have and pads have
/// not.
double activity_of(std::span<const float> energies, double lufs) {
  const double floor = mastering::energy_of_lufs(lufs - 30.0);
  constexpr std::size_t kSmooth = 4;
  double rises = 0.0, sum = 0.0, before = 0.0;
  for (std::size_t i = 0; i < energies.size(); ++i) {
    sum += static_cast<double>(energies[i]);
    if (i >= kSmooth) sum -= static_cast<double>(energies[i - kSmooth]);
    if (i + 1 < kSmooth) continue;
    const double level = 10.0 * std::log10(std::max(sum, 0.0) / kSmooth + floor);
    if (i + 1 > kSmooth) rises += std::max(level - before, 0.0);
    before = level;
  }
  return energies.empty() ? 0.0 : rises * kBlocksPerSecond / static_cast<double>(energies.size());
}

/// The tempo of most parts, and how sure it is.
void find_usual_tempo(const std::vector<TempoAt>& tempi, TrackFigures& figures) {
  double best = 0.0, all = 0.0;
  for (const TempoAt& part : tempi) {
    all += 1.0;
    if (!part.tempo.known()) continue;
    double agreeing = 0.0;
    for (const TempoAt& other : tempi) {
      if (!other.tempo.known()) continue;
      const double ratio = part.tempo.beat_seconds / other.tempo.beat_seconds;
      if (std::abs(ratio - 1.0) < 0.04) agreeing += other.tempo.confidence;
    }
    if (agreeing > best) {
      best = agreeing;
      figures.bpm = part.tempo.bpm();
    }
  }
  figures.beat_confidence = all > 0.0 ? std::min(best / all, 1.0) : 0.0;
}

}  // namespace

TrackAnalyser::TrackAnalyser(int sample_rate)
    : rate_(sample_rate),
      weighting_{mastering::KWeighting(sample_rate), mastering::KWeighting(sample_rate)},
      true_peak_(2),
      thinning_(thinning_for(sample_rate)),
      keys_(0.5 * sample_rate / thinning_for(sample_rate)) {}

absl::Status TrackAnalyser::add(audio::ConstAudioView stereo) {
  const dsp::FlushDenormals flush;
  if (!std::isfinite(mastering::sample_peak(stereo))) {
    return fault_error(Fault::bad_data, "holds samples that are not numbers");
  }
  true_peak_.add(stereo);
  for (std::int64_t done = 0; done < stereo.frames();) {
    const auto block = static_cast<std::int64_t>(energies_.size());
    const std::int64_t end = (block + 1) * rate_ / kBlocksPerSecond;
    const std::int64_t count = std::min(end - frames_, stereo.frames() - done);
    add_levels(stereo.subview(done, count));
    frames_ += count;
    done += count;
    if (frames_ == end) {
      energies_.push_back(
          static_cast<float>(energy_ * kBlocksPerSecond / static_cast<double>(rate_)));
      peaks_.push_back(peak_);
      energy_ = 0.0;
      peak_ = 0.0F;
    }
  }
  add_thin(stereo);
  return absl::OkStatus();
}

void TrackAnalyser::add_levels(audio::ConstAudioView part) {
  const float* const left = part.channel(0);
  const float* const right = part.channel(1);
  mastering::KWeighting a = weighting_[0], b = weighting_[1];
  double energy = 0.0;
  float power = 0.0F, slope = 0.0F, peak = peak_;
  float last_left = last_[0], last_right = last_[1];
  for (std::int64_t i = 0; i < part.frames(); ++i) {
    const double l = a.process(static_cast<double>(left[i]));
    const double r = b.process(static_cast<double>(right[i]));
    energy += l * l + r * r;
  }
  for (std::int64_t i = 0; i < part.frames(); ++i) {
    const float dl = left[i] - last_left, dr = right[i] - last_right;
    last_left = left[i];
    last_right = right[i];
    power += left[i] * left[i] + right[i] * right[i];
    slope += dl * dl + dr * dr;
    peak = std::max(peak, std::max(std::abs(left[i]), std::abs(right[i])));
  }
  weighting_ = {a, b};
  last_ = {last_left, last_right};
  energy_ += energy;
  power_ += static_cast<double>(power);
  slope_ += static_cast<double>(slope);
  peak_ = peak;
}

void TrackAnalyser::add_thin(audio::ConstAudioView part) {
  thinner_.clear();
  const float scale = 1.0F / static_cast<float>(2 * thinning_);
  const auto most = static_cast<std::size_t>(kTempoSeconds * rate_ / thinning_);
  for (std::int64_t i = 0; i < part.frames(); ++i) {
    thin_sum_ += part.channel(0)[i] + part.channel(1)[i];
    if (++thin_count_ < thinning_) continue;
    const float sample = thin_sum_ * scale;
    thin_sum_ = 0.0F;
    thin_count_ = 0;
    thin_.push_back(sample);
    if (has_odd_) thinner_.push_back(0.5F * (odd_ + sample));
    odd_ = sample;
    has_odd_ = !has_odd_;
    if (thin_.size() == most) end_tempo();
  }
  keys_.add(thinner_);
}

void TrackAnalyser::end_tempo() {
  const double rate = static_cast<double>(rate_) / thinning_;
  TempoAt part;
  part.from_seconds = static_cast<double>(tempo_from_) / rate;
  part.seconds = static_cast<double>(thin_.size()) / rate;
  if (part.seconds >= kLeastTempoSeconds) {
    const float* channels[] = {thin_.data()};
    part.tempo = mastering::find_tempo(
        audio::ConstAudioView(channels, 1, static_cast<std::int64_t>(thin_.size())),
        static_cast<int>(std::lround(rate)));
    tempi_.push_back(part);
  }
  tempo_from_ += static_cast<std::int64_t>(thin_.size());
  thin_.clear();
}

absl::StatusOr<TrackAnalysis> TrackAnalyser::result() {
  // The rest of less than 10 ms has a peak and no energy, as MusicEdges expects it.
  if (frames_ > static_cast<std::int64_t>(energies_.size()) * rate_ / kBlocksPerSecond) {
    peaks_.push_back(peak_);
  }
  end_tempo();
  TrackAnalysis found;
  TrackFigures& figures = found.figures;
  figures.frames = frames_;
  figures.sample_rate = rate_;
  figures.integrated_lufs = mastering::gated_loudness(energies_);
  if (frames_ == 0) return fault_error(Fault::bad_data, "holds no audio");
  if (!(figures.integrated_lufs > kQuietest)) return fault_error(Fault::bad_data, "is silent");
  figures.range_lu = mastering::loudness_range(energies_);
  figures.true_peak_dbtp = mastering::db_of_amplitude(true_peak_.peak());
  figures.key = keys_.key();
  // The mean square of the slope over that of the signal is that of a sine of this frequency.
  const double turn = power_ > 0.0 ? std::sqrt(std::min(slope_ / power_, 4.0)) : 0.0;
  figures.brightness_hz = 2.0 * std::asin(0.5 * turn) * rate_ / (2.0 * std::numbers::pi);
  find_usual_tempo(tempi_, figures);
  const double activity = activity_of(energies_, figures.integrated_lufs);
  figures.energy = 0.5 * scaled(activity, 4.0, 60.0) +
                   0.3 * scaled(figures.integrated_lufs, -28.0, -8.0) +
                   0.2 * scaled(std::log2(std::max(figures.brightness_hz, 1.0)), 8.6, 12.3);
  found.detail.tempi = std::move(tempi_);
  find_stretch(found);
  if (static_cast<double>(figures.playable()) < 100.0 * kShortestSeconds) {
    return fault_error(Fault::bad_data,
                       absl::StrCat("has only ", decimals(figures.playable() / 100.0, 1),
                                    " s of sound without a pause; it takes ",
                                    decimals(kShortestSeconds, 0), " s to be joined"));
  }
  const double chroma_seconds =
      static_cast<double>(KeyFinder::kBlock) * 2.0 * thinning_ / static_cast<double>(rate_);
  found.detail.phrase_ends = find_phrase_ends(found.detail, keys_.chromas(), chroma_seconds);
  return found;
}

void TrackAnalyser::find_stretch(TrackAnalysis& found) const {
  constexpr std::size_t kStep = kLevelStep;
  TrackFigures& figures = found.figures;
  std::vector<std::uint8_t>& levels = found.detail.levels;
  for (std::size_t from = 0; from < energies_.size(); from += kStep) {
    const std::size_t count = std::min(kStep, energies_.size() - from);
    const double energy = mastering::window_energy(energies_, from + count, count);
    const double level = mastering::lufs_of_energy(energy);
    levels.push_back(static_cast<std::uint8_t>(
        level > kLowestLevel ? std::clamp(std::round(2.0 * (level - kLowestLevel)), 0.0, 255.0)
                             : 0.0));
  }
  // The longest stretch between two pauses.
  const double pause = 2.0 * (figures.integrated_lufs - kPauseLu - kLowestLevel);
  std::size_t best_from = 0, best_to = 0, from = 0, quiet = 0;
  for (std::size_t i = 0; i <= levels.size(); ++i) {
    const bool is_quiet = i == levels.size() || levels[i] <= pause;
    quiet = is_quiet ? quiet + 1 : 0;
    if (i == levels.size() || quiet == kShortestPause) {
      const std::size_t to = i + 1 - std::min(quiet, i + 1);
      if (to > from && to - from > best_to - best_from) {
        best_from = from;
        best_to = to;
      }
    }
    if (quiet >= kShortestPause) from = i + 1;
  }
  const mastering::MusicEdges edges = mastering::find_music_edges(peaks_, frames_, rate_, energies_,
                                                                  -18.0 - figures.integrated_lufs);
  const auto hundredths = [&](std::int64_t frame) { return frame * 100 / rate_; };
  const auto low = static_cast<Hundredths>(best_from) * kLevelStep;
  const Hundredths high =
      std::min(static_cast<Hundredths>(best_to) * kLevelStep, hundredths(frames_));
  figures.sound_in = std::clamp(hundredths(edges.sound_in), low, high);
  figures.sound_out = std::clamp(hundredths(edges.sound_out), figures.sound_in, high);
  figures.music_in = std::clamp(hundredths(edges.music_in), figures.sound_in, figures.sound_out);
  figures.music_out = std::clamp(hundredths(edges.music_out), figures.music_in, figures.sound_out);
}

}  // namespace focus::core::engines
