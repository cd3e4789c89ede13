// SPDX-License-Identifier: MIT
// What can be said on the command line, and the commands it is said to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "engine_options.h"
#include "request_options.h"

namespace cli {

struct RenderOptions {
  std::string out;
  std::string format;    ///< "": as OUT says
  std::string cue_file;  ///< "": none
  RequestOptions request;
  EngineOptions engine;
  std::string segments_folder;
  std::int32_t jobs = 0;  ///< 0: one a core
  std::int32_t bits = 0;  ///< 0: as the format usually has
  bool json = false;
  bool quiet = false;
};

struct PlayOptions {
  PlayOptions() { request.minutes = 60; }

  RequestOptions request;
  EngineOptions engine;
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
  std::string format;                       ///< "": as OUT says
  std::string cue_file;                     ///< "": none
  std::optional<double> crossfade_seconds;  ///< absent: auto
  std::optional<double> target_lufs;
  std::optional<std::int32_t> rate;
  double trim_seconds = 0.0;
  std::int32_t bits = 0;  ///< 0: as the format usually has
  std::string pictures_folder;
  bool json = false;
  bool quiet = false;
};

struct EnginesOptions {
  EngineOptions engine;
  bool json = false;
};

struct CheckEngineOptions {
  std::string key;  ///< "": the engine that is brought, or the default one
  EngineOptions engine;
  bool quick = false;
  bool json = false;
};

struct ServeOptions {
  std::string host = "127.0.0.1";
  std::int32_t port = 8080;  ///< 0: any free one
  std::string data_folder;   ///< "": a temporary one
  std::string database_url;  ///< "": the process is alone, no node of a cluster
  std::string objects_url;   ///< of a cluster, like the next five
  std::string bucket;
  std::string region;
  std::string cache_folder;  ///< "": a temporary one
  std::string node;
  bool has_http = true;
  bool direct_audio = false;
  std::int32_t workers = -1;                 ///< as jobs, but 0 is none; -1: as jobs has it
  std::string key_file;                      ///< "": keys.json in the data folder
  std::string public_url;                    ///< "": as the request has it
  std::int32_t jobs = 0;                     ///< 0: one a core
  std::int32_t requests_per_minute = 0;      ///< 0: as the library has it
  std::int32_t url_life_seconds = 0;         ///< likewise
  std::int32_t connections = 0;              ///< 0: as many as are wise
  std::int32_t connections_per_address = 0;  ///< 0: half of them
  std::int32_t streams = 0;                  ///< 0: as the server has it
  std::int64_t unread_bytes_per_key = 0;     ///< likewise
  /// Of the library; 0: as it has them.
  std::int32_t sessions_per_key = 0;
  std::int32_t sessions_per_organization = 0;
  std::int32_t streams_per_key = 0;
  std::int32_t streams_per_organization = 0;
  std::int32_t listeners_per_key = 0;
  std::int32_t listeners_per_organization = 0;
  std::int64_t stored_bytes_per_key = 0;
  std::int64_t stored_bytes_per_organization = 0;
  std::vector<std::string> allowed_origins;
  std::vector<std::string> webhooks;  ///< URLs
  std::string webhook_secret_file;    ///< "": webhook.secret in the data folder
  bool open_metrics = false;
  EngineOptions engine;
  std::vector<std::pair<std::string, std::int64_t>> prices;
  focus::SpendCaps caps;
  std::int32_t keep_hours = 0;  ///< 0: for good
  bool access_log = false;
};

struct KeysOptions {
  enum class What { add, list, remove };
  What what = What::list;
  std::string file;
  focus::AccessKey access;  ///< of add
  bool read_only = false;   ///< likewise
  bool metrics = false;     ///< likewise
  std::string hash;         ///< of remove
};

struct StoreOptions {
  std::string folder;
  bool repair = false;
  bool quick = false;
  bool json = false;
};

/// Each adds one command to `app`; its options must outlive the parsing.
CLI::App* add_render(CLI::App& app, RenderOptions& options);
CLI::App* add_play(CLI::App& app, PlayOptions& options);
CLI::App* add_measure(CLI::App& app, MeasureOptions& options);
CLI::App* add_mix(CLI::App& app, MixCommandOptions& options);
CLI::App* add_engines(CLI::App& app, EnginesOptions& options);
CLI::App* add_check_engine(CLI::App& app, CheckEngineOptions& options);
CLI::App* add_serve(CLI::App& app, ServeOptions& options);
CLI::App* add_keys(CLI::App& app, KeysOptions& options);
CLI::App* add_store(CLI::App& app, StoreOptions& options);

/// The commands themselves. They return an exit code, or throw Failure or focus::Error.
int render(const RenderOptions& options);
int play(const PlayOptions& options);
int measure(const MeasureOptions& options);
int mix(const MixCommandOptions& options);
int engines(const EnginesOptions& options);
int check_engine(const CheckEngineOptions& options);
int serve(const ServeOptions& options);
int keys(const KeysOptions& options);
int store(const StoreOptions& options);

}  // namespace cli
