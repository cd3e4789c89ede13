// SPDX-License-Identifier: MIT
#include "commands.h"

#include <cmath>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "request_options.h"
#include "text.h"

namespace cli {
namespace {

using Kind = Action::Kind;

constexpr std::pair<std::string_view, Kind> kCommands[] = {
    {"toggle", Kind::toggle},       {"pause", Kind::pause},
    {"resume", Kind::resume},       {"skip", Kind::skip},
    {"seek", Kind::seek},           {"volume", Kind::volume},
    {"intensity", Kind::intensity}, {"divergence", Kind::divergence},
    {"goal", Kind::goal},           {"prompt", Kind::prompt},
    {"minutes", Kind::minutes},     {"level", Kind::level},
    {"scenes", Kind::scenes},       {"sleep", Kind::sleep},
    {"status", Kind::status},       {"stop", Kind::stop},
};

constexpr std::pair<std::string_view, std::optional<double> focus::Steering::*> kLayers[] = {
    {"pads", &focus::Steering::pads_db},         {"bass", &focus::Steering::bass_db},
    {"melody", &focus::Steering::melody_db},     {"percussion", &focus::Steering::percussion_db},
    {"ambience", &focus::Steering::ambience_db},
};

[[noreturn]] void refuse(const std::string& message) { throw std::runtime_error(message); }

std::string trimmed(std::string_view text) {
  constexpr const char* kBlanks = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == text.npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin));
}

Kind kind_of(const std::string& name) {
  std::string names;
  for (const auto& [known, kind] : kCommands) {
    if (known == name) return kind;
    names += (names.empty() ? "" : ", ") + std::string(known);
  }
  refuse("\"" + name + "\" is no command: " + names);
}

/// A number, or with a sign before it a difference.
void read_number(Action& action, const std::string& name, std::string_view text) {
  action.by = !text.empty() && (text[0] == '+' || text[0] == '-');
  const bool minus = action.by && text[0] == '-';
  if (action.by) text.remove_prefix(1);
  const bool time = action.kind == Kind::seek;
  const auto number = time ? clock_time(text) : real_number(text);
  const bool whole = action.kind == Kind::minutes;
  if (!number || !std::isfinite(*number) || *number < 0.0 ||
      (whole && (*number != std::floor(*number) || *number > 1e6))) {
    refuse(name + ": must be " +
           (time    ? "a time such as 90, 1:30 or +15"
            : whole ? "a whole number such as 45 or +5"
                    : "a number such as 0.5 or +0.1") +
           ", not \"" + std::string(text) + "\"");
  }
  action.number = minus ? -*number : *number;
}

/// A layer and its level: "pads -6", "percussion off".
void read_level(Action& action, const std::string& text) {
  const std::size_t blank = std::min(text.find_first_of(" \t"), text.size());
  action.words = text.substr(0, blank);
  std::string names;
  for (const auto& [name, layer] : kLayers) {
    if (name == action.words) action.layer = layer;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  if (action.layer == nullptr) {
    refuse("level: must be one of " + names + " with a level in dB, such as pads -6, not \"" +
           text + "\"");
  }
  const std::string level = trimmed(std::string_view(text).substr(blank));
  const auto number = level == "off" ? -60.0 : real_number(level);
  if (!number || !(*number >= -60.0 && *number <= 12.0)) {
    refuse("level: " + action.words + " must be -60 to 12 dB, or off, not \"" + level + "\"");
  }
  action.number = *number;
}

void read_sleep(Action& action, const std::string& text) {
  action.next = text == "next";
  if (action.next || text == "off") return;
  const auto minutes = real_number(text);
  if (!minutes || !(*minutes > 0.0)) {
    refuse("sleep: must be minutes such as 30, or off, not \"" + text + "\"");
  }
  action.number = *minutes;
}

}  // namespace

const char* const kCommandHelp =
    R"(  pause, resume, skip, stop, status
  seek 12:30          or seconds; seek +15 and seek -15 from here
  volume 0.5          from 0 to 1, or volume +0.1
  intensity high      low, medium or high
  divergence 0.4      from 0 to 1, or divergence -0.1
  goal relax          focus, relax, sleep or energize
  prompt WORDS        music by description
  minutes 45          of the whole session, or minutes +5
  level pads -6       dB, -60 (off) to 12, of pads, bass, melody, percussion or ambience
  scenes rain=-12     from now on, or scenes off
  sleep 30            minutes until it pauses, or sleep off)";

Action read_command(const std::string& line) {
  const std::string text = trimmed(line);
  const std::size_t blank = std::min(text.find_first_of(" \t"), text.size());
  const std::string name = text.substr(0, blank);
  const std::string words = trimmed(std::string_view(text).substr(blank));
  Action action;
  action.kind = kind_of(name);
  switch (action.kind) {
    case Kind::seek:
    case Kind::volume:
    case Kind::divergence:
    case Kind::minutes:
      read_number(action, name, words);
      break;
    case Kind::intensity:
      action.intensity = read_intensity(name, words);
      break;
    case Kind::goal:
      action.next = words == "next";
      if (!action.next) action.goal = read_goal(name, words);
      break;
    case Kind::prompt:
      if (words.empty()) refuse("prompt: say in words what you want to hear");
      action.words = words;
      break;
    case Kind::level:
      read_level(action, words);
      break;
    case Kind::scenes:
      action.words = words == "off" ? "" : words;
      break;
    case Kind::sleep:
      read_sleep(action, words);
      break;
    default:
      if (!words.empty()) refuse(name + ": takes nothing after it, not \"" + words + "\"");
  }
  return action;
}

}  // namespace cli
