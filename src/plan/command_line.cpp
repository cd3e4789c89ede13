// SPDX-License-Identifier: MIT
#include "plan/command_line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>

namespace focus::core::plan {
namespace {

constexpr std::size_t kLongestPrompt = 4000;  // bytes
constexpr std::string_view kDefaultEngine = "studio";

/// The shortest figures that read back as the same number.
std::string figure(double value) {
  std::array<char, 400> text;
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed).ptr;
  return {text.data(), end};
}

bool is_plain(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.' ||
         c == '/' || c == '=';
}

bool is_control(char c) {
  const auto code = static_cast<unsigned char>(c);
  return code < 0x20 || code == 0x7F;
}

class Command {
 public:
  explicit Command(std::string_view out) : line_("focus-session render ") { line_.append(out); }

  void add(std::string_view option, std::string_view value) {
    line_.append(" ").append(option).append(" ").append(shell_word(value));
  }
  template <typename Number>
  void add_unless(std::string_view option, Number value, Number unasked) {
    if (value == unasked) return;
    if constexpr (std::is_same_v<Number, int>) {
      add(option, absl::StrCat(value));
    } else {
      add(option, figure(value));
    }
  }
  std::string take() { return std::move(line_); }

 private:
  std::string line_;
};

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  const bool escapes = std::any_of(text.begin(), text.end(), is_control);
  std::string word = escapes ? "$'" : "'";
  for (const char c : text) {
    if (escapes && is_control(c)) {
      word += absl::StrCat("\\x", absl::Hex(static_cast<unsigned char>(c), absl::kZeroPad2));
    } else if (escapes && (c == '\'' || c == '\\')) {
      word.append({'\\', c});
    } else if (c == '\'') {
      word += "'\\''";
    } else {
      word += c;
    }
  }
  return word + "'";
}

std::string render_command(const Request& request, std::uint64_t seed, std::string_view out) {
  const Request unasked;
  if (request.custom_prompt.size() > kLongestPrompt) return {};
  Command command(out);
  if (request.goal == Goal::custom_prompt) {
    command.add("--prompt", request.custom_prompt);
  } else {
    command.add("--goal", name_of(request.goal));
  }
  command.add("--minutes", absl::StrCat(request.target_minutes));
  command.add("--seed", absl::StrCat(seed));
  if (request.intensity != unasked.intensity) {
    command.add("--intensity", name_of(request.intensity));
  }
  command.add_unless("--divergence", request.divergence, unasked.divergence);
  for (int stem = 0; stem < kStemCount; ++stem) {
    const double level = request.stem_db[static_cast<std::size_t>(stem)];
    if (level == 0.0) continue;
    command.add("--level",
                absl::StrCat(std::string(name_of(static_cast<Stem>(stem))), "=", figure(level)));
  }
  if (!request.scenes.empty()) command.add("--scene", request.scenes);
  if (!request.programme.empty()) command.add("--programme", request.programme);
  command.add_unless("--tempo-bpm", request.tempo_bpm, unasked.tempo_bpm);
  command.add_unless("--work-minutes", request.work_minutes, unasked.work_minutes);
  command.add_unless("--break-minutes", request.break_minutes, unasked.break_minutes);
  command.add_unless("--modulation-depth", request.modulation_depth, unasked.modulation_depth);
  command.add_unless("--ending-seconds", request.ending_seconds, unasked.ending_seconds);
  if (request.target_lufs) command.add("--target-lufs", figure(*request.target_lufs));
  command.add_unless("--segment-seconds", request.segment_seconds, unasked.segment_seconds);
  command.add_unless("--rate", request.sample_rate, unasked.sample_rate);
  for (const auto& [option, key] :
       {std::pair("--engine", &request.engine), std::pair("--fallback", &request.fallback)}) {
    if (!key->empty() && *key != kDefaultEngine) command.add(option, *key);
  }
  command.add_unless("--fallback-after", request.fallback_after_seconds,
                     unasked.fallback_after_seconds);
  return command.take();
}

}  // namespace focus::core::plan
