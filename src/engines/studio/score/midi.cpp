// SPDX-License-Identifier: MIT
#include "engines/studio/score/midi.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "engines/studio/score/composer.h"
#include "engines/studio/score/general_midi.h"

namespace focus::core::engines::studio {
namespace {

constexpr int kTicksPerBeat = 480;

struct Event {
  std::int64_t tick;
  bool on;
  std::array<int, 3> bytes;
};

int channel_of(Layer layer) {
  static constexpr std::array<int, 6> kMidiChannels = {0, 1, 2, 3, 4, 9};
  return kMidiChannels[static_cast<std::size_t>(layer)];
}

void put_number(std::string& to, std::uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) to.push_back(static_cast<char>((value >> (8 * i)) & 255U));
}

/// Writes a variable-length quantity of MIDI: seven bits per byte, the high bit set in all but the
/// last.
void put_delta(std::string& to, std::int64_t value) {
  for (int shift = 28; shift > 0; shift -= 7) {
    if ((value >> shift) != 0) to.push_back(static_cast<char>(((value >> shift) & 127) | 128));
  }
  to.push_back(static_cast<char>(value & 127));
}

/// Writes the program of each channel.
void put_programs(std::string& to, const Palette& palette) {
  const auto put = [&](Layer layer, int program) {
    put_delta(to, 0);
    to.push_back(static_cast<char>(0xC0 | channel_of(layer)));
    to.push_back(static_cast<char>(program));
  };
  put(Layer::pad, program_of(palette.pad));
  put(Layer::upper_pad, program_of(palette.upper_pad));
  put(Layer::bass, program_of(palette.bass));
  put(Layer::lead, program_of(palette.lead));
  put(Layer::ostinato, program_of(palette.ostinato));
}

std::vector<Event> events_of(const plan::Brief& brief, const Composer& composer) {
  const double from = 4.0 * static_cast<double>(brief.first_bar);
  const double to = from + 4.0 * brief.length_seconds() / brief.bar_seconds;
  const auto tick_of = [&](double beat) {
    const double inside = std::clamp(beat, from, to) - from;
    return static_cast<std::int64_t>(std::llround(inside * kTicksPerBeat));
  };
  std::vector<Event> events;
  for (const Note& note : composer.notes(from, to)) {
    // A struck note that began in the previous segment is written there only; a held one continues
    // here.
    const bool struck = note.layer == Layer::lead || note.layer == Layer::ostinato;
    if (struck && note.beat < from - 0.2) continue;
    const int channel = channel_of(note.layer);
    const int velocity = std::clamp(static_cast<int>(note.velocity * 127.0f), 1, 127);
    const std::int64_t on = tick_of(note.beat);
    const std::int64_t off = std::max(on + 1, tick_of(note.beat + note.beats));
    events.push_back({on, true, {0x90 | channel, note.pitch, velocity}});
    events.push_back({off, false, {0x80 | channel, note.pitch, 0}});
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return a.tick != b.tick ? a.tick < b.tick : !a.on && b.on;
  });
  return events;
}

}  // namespace

std::string score_as_midi_file(const plan::Brief& brief) {
  std::string track("\0\xFF\x51\x03", 4);
  put_number(track, static_cast<std::uint32_t>(std::llround(brief.bar_seconds * 250000.0)), 3);
  const Composer composer(brief);
  put_programs(track, composer.palette());
  std::int64_t now = 0;
  for (const Event& event : events_of(brief, composer)) {
    put_delta(track, event.tick - now);
    now = event.tick;
    for (const int byte : event.bytes) track.push_back(static_cast<char>(byte));
  }
  track.append("\0\xFF\x2F\0", 4);

  std::string file("MThd");
  put_number(file, 6, 4);
  put_number(file, 0, 2);
  put_number(file, 1, 2);
  put_number(file, kTicksPerBeat, 2);
  file.append("MTrk");
  put_number(file, static_cast<std::uint32_t>(track.size()), 4);
  return file + track;
}

}  // namespace focus::core::engines::studio
