// SPDX-License-Identifier: MIT
#include "screen.h"

#include <algorithm>
#include <cmath>

#include "keys.h"
#include "playback.h"
#include "request_options.h"
#include "text.h"

namespace cli {
namespace {

/// What the bar is drawn with. A break stands lower than work.
struct Marks {
  const char* heard[2];  ///< work, break
  const char* ready[2];  ///< made, and not heard yet
  const char* planned[2];
  const char* join;
  const char* playhead;
  const char* dot;
};
constexpr Marks kUnicode = {{"█", "▄"}, {"▓", "▃"}, {"░", "▁"}, "│", "▼", "·"};
constexpr Marks kAscii = {{"#", "="}, {"+", "-"}, {".", "_"}, "|", "V", "-"};

std::string title(const ScreenState& state, const Marks& marks) {
  std::string text = name_of(state.session.goal);
  if (state.session.goal == focus::Goal::custom_prompt) {
    text = "\"" + plain(state.session.custom_prompt) + "\"";
  }
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  const std::string between = std::string(" ") + marks.dot + " ";
  text += between + name_of(state.session.intensity);
  if (state.session.divergence > 0.0) {
    text += between + "divergence " + decimal(state.session.divergence, 2);
  }
  return text;
}

std::string state_word(focus::PlayerState state) {
  switch (state) {
    case focus::PlayerState::waiting:
      return "composing";
    case focus::PlayerState::playing:
      return "playing";
    case focus::PlayerState::paused:
      return "paused";
    default:
      return "finished";
  }
}

/// What must be seen even where the title has no room.
std::string clock_line(const focus::PlayerInfo& player) {
  std::string text = clock(player.position_seconds) + " / " + clock(player.duration_seconds) +
                     "  " + state_word(player.state) + "  vol " +
                     decimal(100.0 * player.volume, 0) + "%";
  if (player.sleep_seconds >= 0.0) text += "  sleep " + clock(player.sleep_seconds);
  return text;
}

std::string spread(const std::string& first, const std::string& last, std::size_t width) {
  const std::size_t taken = columns(last);
  if (taken + 2 >= width) return clip(last, width);
  return left(clip(first, width - taken - 2), width - taken) + last;
}

std::string now_line(const ScreenState& state, std::size_t width) {
  const auto index = static_cast<std::size_t>(std::max(state.player.segment_index, 0));
  if (index >= state.segments.size()) return {};
  const std::string what = std::to_string(index + 1) + "/" + std::to_string(state.segments.size()) +
                           "  " + describe(state.segments[index]);
  const double next = state.player.next_join_seconds;
  return spread(
      what, next < 0.0 ? "last segment" : "next in " + clock(next - state.player.position_seconds),
      width);
}

/// Where a moment falls on a bar of `width` columns.
std::size_t column_of(double seconds, double duration, std::size_t width) {
  const double at = std::floor(static_cast<double>(width) * seconds / std::max(duration, 1.0));
  return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(width - 1)));
}

std::string bar(const ScreenState& state, std::size_t width, const Marks& marks) {
  const double duration = state.player.duration_seconds;
  std::vector<const char*> cells(width, marks.planned[0]);
  const std::size_t playhead = column_of(state.player.position_seconds, duration, width);
  std::size_t last_join = 0;
  for (std::size_t k = 0; k < state.segments.size(); ++k) {
    const focus::SegmentInfo& segment = state.segments[k];
    const std::size_t begin = column_of(segment.start_seconds, duration, width);
    const std::size_t end = k + 1 < state.segments.size()
                                ? column_of(state.segments[k + 1].start_seconds, duration, width)
                                : width;
    const int low = segment.phase == focus::Phase::break_ ? 1 : 0;
    for (std::size_t at = begin; at < end; ++at) {
      cells[at] =
          at < playhead ? marks.heard[low] : (segment.ready ? marks.ready : marks.planned)[low];
    }
    // Where the segments are too short to be told apart, the joins would be all there is.
    if (k > 0 && begin > last_join + 1 && end > begin + 1) {
      cells[begin] = marks.join;
      last_join = begin;
    }
  }
  cells[playhead] = marks.playhead;
  std::string text;
  for (const char* cell : cells) text += cell;
  return text;
}

/// The keys there is room for, the most needed first.
std::string short_keys(std::size_t width) {
  std::string line = "q stop";
  for (const char* key : {"? keys", "space pause", "n next", "p prompt", "g goal", "1-3 intensity",
                          "arrows seek, volume", "s sleep", "l longer"}) {
    const std::string longer = line + "  " + key;
    if (columns(longer) > width) break;
    line = longer;
  }
  return line;
}

}  // namespace

std::vector<std::string> draw_screen(const ScreenState& state, std::size_t width, bool unicode) {
  const Marks& marks = unicode ? kUnicode : kAscii;
  width = std::max<std::size_t>(width, 10);
  std::vector<std::string> lines = {spread(title(state, marks), clock_line(state.player), width),
                                    now_line(state, width), bar(state, width, marks),
                                    clip(plain(state.message), width)};
  if (state.typing) {
    // The end of what is typed is what has to be seen.
    std::string text = plain(*state.typing);
    while (columns(text) + 10 > width && !text.empty()) {
      text.erase(0, 1);
      while (!text.empty() && (static_cast<unsigned char>(text[0]) >> 6) == 2) text.erase(0, 1);
    }
    lines.push_back(clip("prompt: " + text + "_", width));
    lines.push_back(clip("Enter steers the music there, Esc leaves it as it is", width));
  } else if (state.all_keys) {
    for (const auto& [key, meaning] : kKeyHelp) {
      lines.push_back(clip(left(key, 13) + meaning, width));
    }
    lines.push_back(clip(left("sound", 13) + plain(state.output), width));
  } else {
    lines.push_back(short_keys(width));
  }
  return lines;
}

}  // namespace cli
