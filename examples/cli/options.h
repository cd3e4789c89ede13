// SPDX-License-Identifier: MIT
// What can be said on the command line, and the commands it is said to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include <focus_session/focus_session.hpp>

namespace cli {

struct RenderOptions {
  std::string out;
  std::optional<focus::Goal> goal;
  std::int32_t minutes = 10;
  focus::Intensity intensity = focus::Intensity::standard;
  double divergence = 0.0;
  std::string engine;
  std::string prompt;
  std::optional<std::uint64_t> seed;
  std::string segments_folder;
  std::int32_t rate = 48000;
  std::optional<double> target_lufs;
  double modulation_depth = 0.0;
  std::vector<std::pair<double focus::Request::*, double>> levels;  ///< which, and how loud in dB
  std::int32_t work_minutes = 0;
  std::int32_t break_minutes = 0;
  std::optional<double> ending_seconds;
  std::int32_t jobs = 0;  ///< 0: one a core
  bool json = false;
  bool quiet = false;
};

struct MeasureOptions {
  std::vector<std::string> files;
  bool json = false;
};

struct MixCommandOptions {
  std::vector<std::string> files;
  std::string out;
  std::optional<double> crossfade_seconds;  ///< absent: auto
  std::optional<double> target_lufs;
  std::optional<std::int32_t> rate;
  std::string pictures_folder;
  bool json = false;
  bool quiet = false;
};

struct EnginesOptions {
  bool json = false;
};

/// Each adds one command to `app`; its options must outlive the parsing.
CLI::App* add_render(CLI::App& app, RenderOptions& options);
CLI::App* add_measure(CLI::App& app, MeasureOptions& options);
CLI::App* add_mix(CLI::App& app, MixCommandOptions& options);
CLI::App* add_engines(CLI::App& app, EnginesOptions& options);

/// The commands themselves. They return an exit code, or throw Failure or focus::Error.
int render(const RenderOptions& options);
int measure(const MeasureOptions& options);
int mix(const MixCommandOptions& options);
int engines(const EnginesOptions& options);

/// A goal as it is written on the command line.
std::string name_of(focus::Goal goal);

}  // namespace cli
