// SPDX-License-Identifier: MIT
#include "engines/library/programme.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/error.h"
#include "base/random.h"
#include "engines/library/track_choice.h"
#include "mastering/decibels.h"
#include "mastering/gating.h"
#include "mastering/pair.h"
#include "mastering/tempo.h"

namespace focus::core::engines {
namespace {

// What is longer is not played as a whole, but from one phrase end to another.
constexpr Hundredths kLongestWhole = 60'000;
constexpr Hundredths kShortestExcerpt = 18'000;
constexpr Hundredths kLongestExcerpt = 42'000;
constexpr Hundredths kMostReserved = 1600;
constexpr double kMostPeak = 6.0;  // dBTP that a track may have at its gain
// Hundredths of a second are the frames in which joints are computed.
constexpr int kJointRate = 100;
constexpr std::size_t kFewTracks = 12;
constexpr std::size_t kMostItems = 100'000;

/// A track with what is read of it from the catalogue, and the part of it that is played.
struct Piece {
  std::size_t track = 0;
  TrackDetail detail;
  Hundredths from = 0;
  Hundredths to = 0;
  double gain_db = 0.0;
  double lufs = 0.0;            ///< at the gain
  std::vector<float> energies;  ///< of every 10 ms, at the gain
  mastering::MusicEdges edges;  ///< in hundredths
};

/// The excerpt of a long track, chosen by the seed among those between two phrase ends.
void choose_excerpt(Piece& piece, const TrackFigures& figures, Random random) {
  std::vector<Hundredths> ends = {figures.sound_in};
  for (const Hundredths end : piece.detail.phrase_ends) {
    if (end > figures.sound_in + 500 && end < figures.sound_out - 500) ends.push_back(end);
  }
  ends.push_back(figures.sound_out);
  std::vector<std::pair<Hundredths, Hundredths>> parts;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    for (std::size_t k = i + 1; k < ends.size() && ends[k] - ends[i] <= kLongestExcerpt; ++k) {
      if (ends[k] - ends[i] >= kShortestExcerpt) parts.emplace_back(ends[i], ends[k]);
    }
  }
  if (parts.empty()) {
    const Hundredths room = figures.playable() - kLongestExcerpt;
    piece.from = figures.sound_in + static_cast<Hundredths>(random.uniform() * room);
    piece.to = piece.from + kLongestExcerpt;
    return;
  }
  const auto& part = parts[static_cast<std::size_t>(
      random.below(static_cast<int>(std::min<std::size_t>(parts.size(), std::size_t{1} << 30))))];
  piece.from = part.first;
  piece.to = part.second;
}

/// Where a folder has few tracks, its sessions begin at another phrase with each seed.
void choose_beginning(Piece& piece, const TrackFigures& figures, std::uint64_t seed) {
  std::vector<Hundredths> begins = {figures.sound_in};
  for (const Hundredths end : piece.detail.phrase_ends) {
    if (end > figures.sound_in && figures.sound_out - end >= figures.playable() / 2) {
      begins.push_back(end);
    }
  }
  piece.from = begins[seed % begins.size()];
}

void measure(Piece& piece, const TrackFigures& figures) {
  std::vector<float>& energies = piece.energies;
  energies.reserve(piece.detail.levels.size() * 10);
  for (const std::uint8_t level : piece.detail.levels) {
    const double energy = level > 0 ? mastering::energy_of_lufs(kLowestLevel + 0.5 * level) : 0.0;
    energies.insert(energies.end(), 10, static_cast<float>(energy));
  }
  const auto from = std::min(static_cast<std::size_t>(piece.from), energies.size());
  const auto to = std::clamp(static_cast<std::size_t>(piece.to), from, energies.size());
  double lufs = mastering::gated_loudness(std::span(energies).subspan(from, to - from));
  if (!std::isfinite(lufs)) lufs = figures.integrated_lufs;
  piece.gain_db = std::min(kProgrammeLufs - lufs, kMostPeak - figures.true_peak_dbtp);
  piece.lufs = lufs + piece.gain_db;
  const auto gain = static_cast<float>(std::pow(10.0, 0.1 * piece.gain_db));
  for (float& energy : energies) energy *= gain;
  piece.edges = {piece.from, std::clamp(figures.music_in, piece.from, piece.to),
                 std::clamp(figures.music_out, piece.from, piece.to), piece.to};
  // What is cut off does not decay.
  if (piece.from > figures.sound_in) piece.edges.music_in = piece.from;
  if (piece.to < figures.sound_out) piece.edges.music_out = piece.to;
}

mastering::PairSide side_of(const Piece& piece, Hundredths free_from, Hundredths reserved) {
  return {piece.energies, piece.lufs, piece.edges, free_from, reserved};
}

/// The part of the track in which a moment lies, or null.
const TempoAt* tempo_at(const Piece& piece, double seconds) {
  const TempoAt* found = nullptr;
  for (const TempoAt& part : piece.detail.tempi) {
    if (found == nullptr || part.from_seconds <= seconds) found = &part;
  }
  return found;
}

/// By how many seconds the new piece has to begin earlier for its beats to meet those of the old
/// one; 0 where they do not.
double beat_shift(const Piece& old_piece, const Piece& new_piece, const mastering::Joint& joint) {
  const double old_middle = 0.01 * static_cast<double>(joint.old_end - joint.overlap / 2);
  const double new_middle = 0.01 * static_cast<double>(joint.new_start + joint.overlap / 2);
  const TempoAt* const old_part = tempo_at(old_piece, old_middle);
  const TempoAt* const new_part = tempo_at(new_piece, new_middle);
  if (old_part == nullptr || new_part == nullptr) return 0.0;
  constexpr int kFine = 1'000'000;
  const mastering::BeatShift shift =
      mastering::find_beat_shift(old_part->tempo, old_middle - old_part->from_seconds,
                                 new_part->tempo, new_middle - new_part->from_seconds, kFine);
  return shift.match == mastering::TempoMatch::none ? 0.0
                                                    : static_cast<double>(shift.frames) / kFine;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Programme>> Programme::make(
    std::shared_ptr<const LibrarySnapshot> snapshot, const TrackWish& wish, double seconds,
    const ReadDetail& read_detail) {
  std::shared_ptr<Programme> programme(new Programme(std::move(snapshot), wish));
  const std::vector<Track>& tracks = programme->snapshot_->tracks;
  TrackChoice choice(programme->snapshot(), programme->wish_);
  if (choice.empty()) {
    return engine_error(tracks.empty()
                            ? "the library has no track that could be played"
                            : "the prompt leaves no track of the library that could be played");
  }
  const Hundredths wanted = static_cast<Hundredths>(std::ceil(seconds * 100.0));
  std::vector<ProgrammeItem>& items = programme->items_;
  Piece before;
  Hundredths played_to = 0;  // of the piece before, in its file
  while (items.empty() || items.back().end < wanted) {
    if (items.size() == kMostItems) return engine_error("the library's tracks are too short");
    const double now = items.empty() ? 0.0 : 0.01 * static_cast<double>(items.back().end);
    TrackChoice::Chosen chosen = choice.choose(now);
    Piece piece;
    piece.track = chosen.track;
    const TrackFigures& figures = tracks[chosen.track].figures;
    FOCUS_ASSIGN_OR_RETURN(piece.detail, read_detail(tracks[chosen.track].id));
    piece.from = figures.sound_in;
    piece.to = figures.sound_out;
    const Random random = Random(wish.seed).fork("excerpt").fork(items.size());
    if (figures.playable() > kLongestWhole) {
      choose_excerpt(piece, figures, random);
    } else if (choice.pool_size() == 1 || (items.empty() && choice.pool_size() < kFewTracks)) {
      choose_beginning(piece, figures, wish.seed + items.size());
    }
    measure(piece, figures);

    ProgrammeItem item;
    item.track = chosen.track;
    item.gain_db = piece.gain_db;
    item.why = std::move(chosen.why);
    Hundredths new_start = piece.from;
    double shift_rest = 0.0;
    if (!items.empty()) {
      const Hundredths reserved = std::min((piece.to - piece.from) / 2, kMostReserved);
      mastering::Joint joint = mastering::find_joint(side_of(before, played_to, 0),
                                                     side_of(piece, 0, reserved), kJointRate);
      // The new one begins earlier by whole hundredths, and in its file by the rest.
      const double shift = beat_shift(before, piece, joint);
      const auto whole = static_cast<Hundredths>(std::ceil(shift * 100.0 - 1e-9));
      if (joint.overlap > 0 && whole > 0 && joint.old_start() - whole >= played_to &&
          joint.overlap + whole <= piece.to - piece.from - reserved) {
        joint.begin_earlier(whole);
        shift_rest = 0.01 * static_cast<double>(whole) - shift;
      }
      new_start = joint.new_start;
      item.overlap_in = joint.overlap;
      item.bodies = joint.bodies;
      item.shape = joint.shape();
      item.start = items.back().end - joint.overlap;
    }
    item.offset_seconds = 0.01 * static_cast<double>(new_start) - shift_rest;
    item.end = item.start + (piece.to - new_start);
    const Hundredths length = item.end - item.start;
    for (const std::size_t other : chosen.next_best) {
      if (tracks[other].figures.playable() >= length) item.stand_ins.push_back(other);
    }
    played_to = new_start + item.overlap_in;
    before = std::move(piece);
    items.push_back(std::move(item));
  }
  return programme;
}

const ProgrammeItem* Programme::item_at(Hundredths time) const {
  const auto next = std::upper_bound(
      items_.begin(), items_.end(), time,
      [](Hundredths moment, const ProgrammeItem& item) { return moment < item.start; });
  if (next == items_.begin() || time >= end()) return nullptr;
  return &*(next - 1);
}

}  // namespace focus::core::engines
