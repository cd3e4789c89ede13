// SPDX-License-Identifier: MIT
#include "engines/studio/score/casting.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace focus::core::engines::studio {
namespace {

/// What is told to the listener as played; see plan::describe().
constexpr double kTold = 0.2;
/// Who is wanted at least so much, as a share of the most wanted, leads too.
constexpr double kLeads = 0.6;
constexpr std::size_t kMostSoloists = 6;
/// All who take turns are heard within so many seconds.
constexpr double kRoundSeconds = 75.0;
/// Nobody who is asked for is silent much longer than this.
constexpr double kSilentSeconds = 45.0;
/// A rest of so many beats divides a melody into what two people say to each other.
constexpr double kBreathBeats = 0.9;

double seconds_of(const Phrase& phrase) {
  return phrase.seconds_of(phrase.end_beat()) - phrase.seconds_of(phrase.first_beat());
}

/// Whether `count` players can change with the phrases; else they change inside them.
bool change_by_phrase(const Phrase& phrase, std::size_t count) {
  return static_cast<double>(count) * seconds_of(phrase) <= kRoundSeconds;
}

template <typename T>
T in_turn(const std::vector<T>& players, int turn) {
  return players[static_cast<std::size_t>(turn) % players.size()];
}

/// The melody: its players change with the phrases, or answer each other where those are long.
void cast_lead(const Phrase& phrase, const Cast& cast, std::vector<Note>& notes) {
  std::vector<Note*> melody;
  for (Note& note : notes) {
    if (note.layer == Layer::lead) melody.push_back(&note);
  }
  std::stable_sort(melody.begin(), melody.end(),
                   [](const Note* a, const Note* b) { return a->beat < b->beat; });
  const auto first = std::find(cast.leads.begin(), cast.leads.end(), phrase.palette.lead);
  int turn = phrase.place.number + static_cast<int>(first - cast.leads.begin());
  const bool answers = !change_by_phrase(phrase, cast.leads.size());
  double heard = 1e18;  // up to this beat
  for (Note* note : melody) {
    if (answers && note->beat - heard > kBreathBeats) ++turn;
    heard = note->beat + note->beats;
    note->sound = static_cast<std::uint8_t>(in_turn(cast.leads, turn));
  }
}

/// The figures: played by one of those who do not lead in this phrase.
void cast_figure(const Phrase& phrase, const Cast& cast, std::vector<Note>& notes) {
  std::vector<plan::Instrument> free;
  std::copy_if(cast.soloists.begin(), cast.soloists.end(), std::back_inserter(free),
               [&](plan::Instrument soloist) {
                 return std::none_of(notes.begin(), notes.end(), [&](const Note& note) {
                   return note.layer == Layer::lead &&
                          note.sound == static_cast<std::uint8_t>(soloist);
                 });
               });
  const plan::Instrument player =
      free.empty() ? phrase.palette.ostinato : in_turn(free, phrase.place.number);
  for (Note& note : notes) {
    if (note.layer == Layer::ostinato) note.sound = static_cast<std::uint8_t>(player);
  }
}

/// The chords: a sound for a phrase, or for a chord where phrases are long. The upper voices are
/// played by the next one.
void cast_pads(const Phrase& phrase, const Cast& cast, std::vector<Note>& notes) {
  const bool by_phrase = change_by_phrase(phrase, cast.pads.size());
  for (Note& note : notes) {
    if (note.layer != Layer::pad && note.layer != Layer::upper_pad) continue;
    int turn = phrase.place.number;
    if (!by_phrase) {
      for (const VoicedChord& chord : phrase.chords) turn += chord.end_beat() <= note.beat + 0.5;
    }
    if (note.layer == Layer::upper_pad) ++turn;
    note.sound = static_cast<std::uint8_t>(in_turn(cast.pads, turn));
  }
}

bool plays(const std::vector<Note>& notes, plan::Instrument instrument) {
  const std::optional<PadSound> pad = pad_of(instrument);
  return std::any_of(notes.begin(), notes.end(), [&](const Note& note) {
    const bool is_pad = note.layer == Layer::pad || note.layer == Layer::upper_pad;
    const bool is_solo = note.layer == Layer::lead || note.layer == Layer::ostinato;
    return (is_solo && note.sound == static_cast<std::uint8_t>(instrument)) ||
           (is_pad && pad && note.sound == static_cast<std::uint8_t>(*pad));
  });
}

/// A broken chord over some of the phrase's chords, softly.
void accompany(const Phrase& phrase, plan::Instrument instrument, std::vector<Note>& notes) {
  constexpr int kMostChords = 4;
  constexpr int kLowest = 55;
  const int chords = static_cast<int>(phrase.chords.size());
  const int each = std::max(1, (chords + kMostChords - 1) / kMostChords);
  Random stream = phrase.stream(plan::Decision::voices, "accompany")
                      .fork(static_cast<std::uint64_t>(instrument));
  const double step = phrase.style.sinks ? 1.5 : stream.chance(0.5) ? 0.5 : 1.0;
  for (int c = 0; c < chords; c += each) {
    const VoicedChord& chord = phrase.chords[static_cast<std::size_t>(c)];
    Random random = stream.fork(static_cast<std::uint64_t>(c));
    const bool down = random.chance(0.3);
    for (int i = 0; i < 3; ++i) {
      const int voice = 1 + (down ? 2 - i : i);
      Note note;
      note.layer = Layer::ostinato;
      note.sound = static_cast<std::uint8_t>(instrument);
      note.beat = chord.start_beat() + step * i;
      note.beats = std::min(chord.end_beat() - note.beat, i == 2 ? 4.0 : 2.0 * step);
      if (note.beats <= 0.25) break;
      note.pitch = chord.pitches[static_cast<std::size_t>(voice)];
      while (note.pitch < kLowest) note.pitch += 12;
      note.velocity = static_cast<float>((phrase.style.sinks ? 0.4 : 0.5) - 0.05 * i +
                                         0.04 * random.fork("touch").uniform(-1.0, 1.0));
      note.pan = instrument < plan::Instrument::marimba ? -0.3f : 0.3f;
      note.key = note_key(random.fork(static_cast<std::uint64_t>(i)));
      notes.push_back(note);
    }
  }
}

}  // namespace

std::optional<plan::Instrument> instrument_of(PadSound sound) {
  switch (sound) {
    case PadSound::strings:
      return plan::Instrument::strings;
    case PadSound::choir:
      return plan::Instrument::choir;
    case PadSound::organ:
    case PadSound::drawbars:
      return plan::Instrument::organ;
    case PadSound::brass:
      return plan::Instrument::brass;
    case PadSound::warm:
      return plan::Instrument::synth;
    case PadSound::glass:
    case PadSound::shimmer:
    case PadSound::breath:
    case PadSound::haze:
    case PadSound::reeds:
      break;
  }
  return std::nullopt;
}

std::optional<PadSound> pad_of(plan::Instrument instrument) {
  for (int i = 0; i < kPadSoundCount; ++i) {
    const auto sound = static_cast<PadSound>(i);
    if (instrument_of(sound) == instrument) return sound;
  }
  return std::nullopt;
}

Cast cast_of(const plan::PromptLeaning& leaning) {
  std::vector<plan::Instrument> wanted;
  for (int i = 0; i < plan::kInstrumentCount; ++i) {
    const auto instrument = static_cast<plan::Instrument>(i);
    if (leaning.of(instrument) > 0.0) wanted.push_back(instrument);
  }
  std::stable_sort(wanted.begin(), wanted.end(), [&](plan::Instrument a, plan::Instrument b) {
    return leaning.of(a) > leaning.of(b);
  });
  if (wanted.empty()) return {};
  if (leaning.of(wanted.front()) >= kTold) {
    std::erase_if(wanted, [&](plan::Instrument i) { return leaning.of(i) < kTold; });
  }

  Cast cast;
  for (const plan::Instrument instrument : wanted) {
    const std::optional<PadSound> pad = pad_of(instrument);
    if (pad && !leaning.without(plan::Stem::pads)) {
      cast.pads.push_back(*pad);
    } else if (cast.soloists.size() < kMostSoloists) {
      cast.soloists.push_back(instrument);
    }
  }
  if (cast.soloists.empty()) cast.soloists = wanted;
  const double least = kLeads * leaning.of(cast.soloists.front());
  std::copy_if(cast.soloists.begin(), cast.soloists.end(), std::back_inserter(cast.leads),
               [&](plan::Instrument soloist) { return leaning.of(soloist) >= least; });
  return cast;
}

void cast(const Phrase& phrase, std::vector<Note>& notes) {
  for (Note& note : notes) note.sound = sound_of(phrase.palette, note.layer);
  const plan::PromptLeaning& leaning = phrase.brief.leaning;
  const Cast cast = cast_of(leaning);
  if (cast.pads.size() > 1) cast_pads(phrase, cast, notes);
  if (cast.leads.size() > 1) cast_lead(phrase, cast, notes);
  if (cast.soloists.size() > 1) cast_figure(phrase, cast, notes);

  if (leaning.without(plan::Stem::melody)) return;
  const int every =
      std::clamp(static_cast<int>(kSilentSeconds / std::max(1.0, seconds_of(phrase))), 1, 4);
  for (std::size_t i = 0; i < cast.soloists.size(); ++i) {
    if ((phrase.place.number + static_cast<int>(i)) % every != 0) continue;
    if (!plays(notes, cast.soloists[i])) accompany(phrase, cast.soloists[i], notes);
  }
}

}  // namespace focus::core::engines::studio
