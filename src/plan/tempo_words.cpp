// SPDX-License-Identifier: MIT
#include "plan/tempo_words.h"

#include <string_view>

namespace focus::core::plan {
namespace {

constexpr double kSlowest = 30.0;
constexpr double kFastest = 240.0;

std::string_view text_at(std::span<const PromptWord> words, std::size_t at) {
  return at < words.size() ? std::string_view(words[at].text) : std::string_view();
}

/// Returns the number of words at `at` that mean "beats per minute", or 0.
std::size_t unit_at(std::span<const PromptWord> words, std::size_t at) {
  constexpr std::string_view kUnits[] = {"bpm", "bpms", "bmp", "bpn"};
  constexpr std::string_view kBeats[] = {"beats", "beat", "schlage", "battements", "pulsaciones"};
  constexpr std::string_view kPer[] = {"per", "a", "pro", "par", "por"};
  if (contains(kUnits, text_at(words, at))) return 1;
  if (text_at(words, at) == "b" && text_at(words, at + 1) == "p" && text_at(words, at + 2) == "m") {
    return 3;
  }
  return contains(kBeats, text_at(words, at)) && contains(kPer, text_at(words, at + 1)) ? 3 : 0;
}

/// Whether "bpm" or "tempo" stands before words[at], with only prepositions and the like between
/// them.
bool announced(std::span<const PromptWord> words, std::size_t at) {
  constexpr std::string_view kNouns[] = {"bpm", "tempo", "metronome"};
  constexpr std::string_view kSmall[] = {"of",   "is",      "at",     "around", "about", "roughly",
                                         "to",   "between", "approx", "circa",  "ca",    "the",
                                         "a",    "range",   "near",   "set",    "max",   "under",
                                         "over", "below",   "above",  "de",     "von",   "um"};
  for (std::size_t i = at; i-- > 0 && at - i <= 4;) {
    if (words[i + 1].gap == Gap::stop) return false;
    if (words[i].text == "minute" && unit_at(words, i >= 2 ? i - 2 : i) == 3) return true;
    if (contains(kNouns, words[i].text)) return i == 0 || !number_in(words[i - 1].text);
    if (!contains(kSmall, words[i].text)) return false;
  }
  return false;
}

}  // namespace

std::optional<double> number_in(std::string_view word) {
  double value = 0.0;
  double digit = 0.0;  // value of the next digit after the point
  if (word.empty() || word.size() > 9) return std::nullopt;
  for (const char c : word) {
    if (c == '.' && digit == 0.0) {
      digit = 0.1;
    } else if (c >= '0' && c <= '9') {
      value = digit == 0.0 ? value * 10.0 + (c - '0') : value + (c - '0') * digit;
      digit /= 10.0;
    } else {
      return std::nullopt;
    }
  }
  return value;
}

std::optional<NamedTempo> read_tempo(std::span<const PromptWord> words, std::size_t at) {
  const auto first = number_in(words[at].text);
  if (!first) {
    // A number with too many digits is a number too, but not a tempo.
    const bool digits = words[at].text.find_first_not_of("0123456789.") == std::string::npos;
    const std::size_t unit = digits ? unit_at(words, at + 1) : 0;
    return unit > 0 ? std::optional(NamedTempo{0.0, 1 + unit}) : std::nullopt;
  }
  double bpm = *first;
  std::size_t next = at + 1;
  if (text_at(words, next) == "ish" || text_at(words, next) == "something") ++next;
  // "80-90", "80 to 90", "between 80 and 90"
  constexpr std::string_view kTo[] = {"to", "and", "bis", "a", "y", "until", "or"};
  const std::size_t second_at = contains(kTo, text_at(words, next)) ? next + 1 : next;
  const bool near =
      second_at < words.size() && (second_at > next || words[second_at].gap == Gap::hyphen);
  if (const auto second = near ? number_in(words[second_at].text) : std::nullopt) {
    if (unit_at(words, second_at + 1) > 0 || announced(words, at)) {
      bpm = 0.5 * (bpm + *second);
      next = second_at + 1;
    }
  } else if (const std::size_t own = unit_at(words, next);
             own > 0 && contains(kTo, text_at(words, next + own))) {  // "80bpm to 90bpm"
    const std::size_t other = next + own + 1;
    const auto last = other < words.size() ? number_in(words[other].text) : std::nullopt;
    if (last && unit_at(words, other + 1) > 0) {
      bpm = 0.5 * (bpm + *last);
      next = other + 1;
    }
  }
  const std::size_t unit = unit_at(words, next);
  if (unit == 0 && !announced(words, at)) return std::nullopt;
  return NamedTempo{bpm >= kSlowest && bpm <= kFastest ? bpm : 0.0, next + unit - at};
}

}  // namespace focus::core::plan
