// SPDX-License-Identifier: MIT
// What can be said on the command line, and the commands it is said to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "request_options.h"

namespace cli {

struct RenderOptions {
  std::string out;
  RequestOptions request;
  std::string segments_folder;
  std::int32_t jobs = 0;  ///< 0: one a core
  bool json = false;
  bool quiet = false;
};

struct PlayOptions {
  PlayOptions() { request.minutes = 60; }

  RequestOptions request;
  std::int32_t jobs = 0;  ///< 0: one a core
  double volume = 1.0;
  double sleep_minutes = 0.0;  ///< 0: no timer
  double sleep_fade_seconds = 30.0;
  double start_seconds = 0.0;
  std::string device;
  std::string data_folder;
  std::string session_id;
  double speed = 1.0;  ///< of the clock, where there is no device
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
CLI::App* add_play(CLI::App& app, PlayOptions& options);
CLI::App* add_measure(CLI::App& app, MeasureOptions& options);
CLI::App* add_mix(CLI::App& app, MixCommandOptions& options);
CLI::App* add_engines(CLI::App& app, EnginesOptions& options);

/// The commands themselves. They return an exit code, or throw Failure or focus::Error.
int render(const RenderOptions& options);
int play(const PlayOptions& options);
int measure(const MeasureOptions& options);
int mix(const MixCommandOptions& options);
int engines(const EnginesOptions& options);

}  // namespace cli
