// SPDX-License-Identifier: MIT
// What is said on the command line about the music itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include <focus_session/focus_session.hpp>

namespace cli {

struct RequestOptions {
  std::optional<focus::Goal> goal;
  std::int32_t minutes = 10;
  focus::Intensity intensity = focus::Intensity::standard;
  double divergence = 0.0;
  std::string engine;
  std::string fallback;
  double fallback_after_seconds = 0.0;
  std::string prompt;
  std::optional<std::uint64_t> seed;
  std::int32_t rate = 48000;
  std::optional<double> target_lufs;
  double modulation_depth = 0.0;
  std::vector<std::pair<double focus::Request::*, double>> levels;  ///< which, and how loud in dB
  std::vector<std::pair<double focus::Request::*, double>> reals;   ///< other numbers
  std::string scenes;
  std::string programme;
  std::int32_t work_minutes = 0;
  std::int32_t break_minutes = 0;
  std::optional<double> ending_seconds;
};

/// Adds them to a command; what `options` holds already is what is told as the default.
void add_request_options(CLI::App& app, RequestOptions& options);

/// Adds --jobs, which is left as it is when it is not said.
void add_jobs(CLI::App& app, std::int32_t& jobs);

/// As the library is asked. Throws a Failure where two options contradict each other.
focus::Request request_of(const RequestOptions& options);

/// A goal or an intensity as it is written on the command line.
std::string name_of(focus::Goal goal);
std::string name_of(focus::Intensity intensity);

/// And read. Throw CLI::ValidationError, which names `option` and the choices.
focus::Goal read_goal(const std::string& option, const std::string& text);
focus::Intensity read_intensity(const std::string& option, const std::string& text);

}  // namespace cli
