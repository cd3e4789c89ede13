// SPDX-License-Identifier: MIT
#include "engines/studio/score/midi.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_order.h"
#include "engines/studio/clock.h"
#include "engines/studio/score/composer.h"
#include "engines/studio/score/general_midi.h"

namespace focus::core::engines::studio {
namespace {

constexpr int kTicksPerBeat = 480;

/// What is written at a tick. Of events at the same tick the kinds come in this order.
struct Event {
  enum Kind { note_off, tempo, program, note_on };

  std::int64_t tick;
  Kind kind;
  std::string bytes;
};

std::string bytes_of(std::initializer_list<int> numbers) {
  std::string bytes;
  for (const int number : numbers) bytes.push_back(static_cast<char>(number));
  return bytes;
}

int channel_of(Layer layer) {
  static constexpr std::array<int, 6> kMidiChannels = {0, 1, 2, 3, 4, 9};
  return kMidiChannels[static_cast<std::size_t>(layer)];
}

/// Writes a variable-length quantity of MIDI: seven bits per byte, the high bit set in all but the
/// last.
void put_delta(std::string& to, std::int64_t value) {
  for (int shift = 28; shift > 0; shift -= 7) {
    if ((value >> shift) != 0) to.push_back(static_cast<char>(((value >> shift) & 127) | 128));
  }
  to.push_back(static_cast<char>(value & 127));
}

int program_of_player(Layer layer, std::uint8_t sound) {
  switch (layer) {
    case Layer::pad:
    case Layer::upper_pad:
      return program_of(static_cast<PadSound>(sound));
    case Layer::bass:
      return program_of(static_cast<BassSound>(sound));
    case Layer::lead:
    case Layer::ostinato:
    case Layer::kit:
      break;
  }
  return program_of(static_cast<plan::Instrument>(sound));
}

std::string tempo_bytes(double bar_seconds) {
  std::string bytes = bytes_of({0xFF, 0x51, 3});
  append_big_endian(bytes, static_cast<std::uint32_t>(std::llround(bar_seconds * 250000.0)), 3);
  return bytes;
}

/// The events of a segment, from its first bar on.
class Events {
 public:
  Events(double from, double to) : from_(from), to_(to) {}

  void add_tempo(const plan::BarLine& line) {
    const double beat = 4.0 * static_cast<double>(line.number);
    if (beat > from_ && beat < to_) add(beat, Event::tempo, tempo_bytes(line.length * 0.01));
  }

  void add_note(const Note& note) {
    const int channel = channel_of(note.layer);
    const int velocity = std::clamp(static_cast<int>(note.velocity * 127.0f), 1, 127);
    if (note.layer != Layer::kit && sounds_[static_cast<std::size_t>(channel)] != note.sound) {
      sounds_[static_cast<std::size_t>(channel)] = note.sound;
      add(note.beat, Event::program,
          bytes_of({0xC0 | channel, program_of_player(note.layer, note.sound)}));
    }
    add(note.beat, Event::note_on, bytes_of({0x90 | channel, note.pitch, velocity}));
    const std::int64_t on = events_.back().tick;
    add(note.beat + note.beats, Event::note_off, bytes_of({0x80 | channel, note.pitch, 0}));
    events_.back().tick = std::max(on + 1, events_.back().tick);
  }

  std::vector<Event> in_order() && {
    std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) {
      return a.tick != b.tick ? a.tick < b.tick : a.kind < b.kind;
    });
    return std::move(events_);
  }

 private:
  void add(double beat, Event::Kind kind, std::string bytes) {
    const double inside = std::clamp(beat, from_, to_) - from_;
    events_.push_back({std::llround(inside * kTicksPerBeat), kind, std::move(bytes)});
  }

  double from_, to_;
  std::vector<Event> events_;
  std::array<int, 16> sounds_ = no_sounds();

  static std::array<int, 16> no_sounds() {
    std::array<int, 16> sounds;
    sounds.fill(-1);
    return sounds;
  }
};

std::vector<Event> events_of(const plan::Brief& brief) {
  const Clock clock(brief);
  const double from = 4.0 * static_cast<double>(brief.first_bar);
  const double to = clock.beat_of(clock.start_frame() + brief.frames);
  Events events(from, to);
  for (const plan::BarLine& line : brief.tempo_steps) events.add_tempo(line);
  for (const Note& note : Composer(brief).notes(from, to)) {
    // A struck note that began in the previous segment is written there only; a held one continues
    // here.
    const bool struck = note.layer == Layer::lead || note.layer == Layer::ostinato;
    if (!struck || note.beat >= from - 0.2) events.add_note(note);
  }
  return std::move(events).in_order();
}

}  // namespace

std::string score_as_midi_file(const plan::Brief& brief) {
  std::string track("\0", 1);
  track += tempo_bytes(brief.bar_seconds);
  std::int64_t now = 0;
  for (const Event& event : events_of(brief)) {
    put_delta(track, event.tick - now);
    now = event.tick;
    track += event.bytes;
  }
  track.append("\0\xFF\x2F\0", 4);

  std::string file("MThd");
  append_big_endian(file, 6, 4);
  append_big_endian(file, 0, 2);
  append_big_endian(file, 1, 2);
  append_big_endian(file, kTicksPerBeat, 2);
  file.append("MTrk");
  append_big_endian(file, static_cast<std::uint32_t>(track.size()), 4);
  return file + track;
}

}  // namespace focus::core::engines::studio
