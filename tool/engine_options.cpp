// SPDX-License-Identifier: MIT
#include "engine_options.h"

#include <chrono>
#include <string_view>
#include <thread>
#include <utility>

#include "failure.h"
#include "interrupt.h"
#include "option_types.h"
#include "progress.h"
#include "request_fields.h"

namespace cli {
namespace {

constexpr const char* kGroup = "An engine of your own";

constexpr const char* kLibraryKey = "library";

constexpr std::pair<std::string_view, focus::LicenceClass> kLicences[] = {
    {"commercial_cleared", focus::LicenceClass::commercial_cleared},
    {"commercial_enterprise", focus::LicenceClass::commercial_enterprise},
    {"personal_only", focus::LicenceClass::personal_only},
    {"unclear", focus::LicenceClass::unclear},
};

void add_terms(CLI::App& app, focus::EngineDescription& engine) {
  app.add_option_function<std::string>(
         "--engine-licence",
         [&engine](const std::string& text) {
           engine.licence_class = choose(kLicences, "--engine-licence", text);
           engine.commercial_use =
               engine.licence_class == focus::LicenceClass::commercial_cleared ||
               engine.licence_class == focus::LicenceClass::commercial_enterprise;
         },
         "What may be done with its music: commercial_cleared, commercial_enterprise, "
         "personal_only or unclear")
      ->type_name("CLASS")
      ->default_str("unclear")
      ->group(kGroup);
  app.add_option_function<std::string>(
         "--engine-price",
         [&engine](const std::string& text) {
           const auto micros = whole_number(text);
           if (!micros || *micros < 0) {
             refuse("--engine-price",
                    "must be a whole number of micro-units, from 0 on, not \"" + text + "\"");
           }
           engine.price_micros_per_minute = *micros;
         },
         "What a minute of its music costs, in micro-units")
      ->type_name("N")
      ->default_str("0")
      ->group(kGroup);
}

void add_limits(CLI::App& app, focus::EngineDescription& engine) {
  add_real(app, "--engine-timeout",
           "Seconds that one segment may take (30 and four times its length)",
           [&engine](double value) {
             if (!(value > 0.0)) refuse("--engine-timeout", "must be more than 0 seconds");
             engine.timeout_seconds = value;
           })
      ->type_name("S")
      ->group(kGroup);
  add_whole(app, "--engine-retries", "How often a failure is tried again, 0 to 10",
            [&engine](std::int32_t value) {
              if (value < 0) refuse("--engine-retries", "must be 0 to 10");
              engine.retries = value == 0 ? FOCUS_NO_RETRIES : value;
            })
      ->type_name("N")
      ->default_str("2")
      ->group(kGroup);
  add_whole(app, "--engine-concurrency", "How many of it may run at a time, 1 to 64",
            [&engine](std::int32_t value) {
              if (value < 1) refuse("--engine-concurrency", "must be 1 to 64");
              engine.concurrency = value;
            })
      ->type_name("N")
      ->default_str("1")
      ->group(kGroup);
  add_whole(app, "--engine-max-seconds", "The longest segment it makes, 30 or more",
            [&engine](std::int32_t value) {
              if (value < 30) refuse("--engine-max-seconds", "must be 30 or more");
              engine.max_duration_seconds = value;
            })
      ->type_name("N")
      ->default_str("600")
      ->group(kGroup);
  add_whole(app, "--engine-rate",
            "The rate at which it plays, " + range_of("sample_rate") + " (the session's)",
            [&engine](std::int32_t value) {
              if (!is_in_range("sample_rate", value)) {
                refuse("--engine-rate", "must be " + range_of("sample_rate"));
              }
              engine.sample_rate = value;
            })
      ->type_name("HZ")
      ->group(kGroup);
  add_real(app, "--engine-continues",
           "It hears so many seconds of the segment before, and is run in order",
           [&engine](double value) {
             if (!(value > 0.0 && value <= 600.0)) {
               refuse("--engine-continues", "must be more than 0 and at most 600 seconds");
             }
             engine.with_continuation(value);
           })
      ->type_name("S")
      ->group(kGroup);
}

/// Tells how far the scan is, and ends where nothing was found that could be played.
void await_scan(const focus::Library& library, const std::string& folder, bool quiet) {
  Progress shown(1.0, 1, quiet);
  for (focus::LibraryProgress now = library.progress(); now.scanning; now = library.progress()) {
    if (interrupted()) {
      throw Failure(interrupt_exit_code(), "interrupted; what was read of the library is kept");
    }
    const auto all = static_cast<double>(now.file_count);
    shown.show_phase("reading the library: " + std::to_string(now.done_count) + " of " +
                         std::to_string(now.file_count) + " files",
                     all > 0.0 ? static_cast<double>(now.done_count) / all : -1.0);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  library.wait(0);
  if (library.progress().track_count > 0) return;
  const std::vector<focus::SkippedFile> skipped = library.list().skipped();
  std::string why = "--library: " + folder + " has no music that can be played";
  if (!skipped.empty()) {
    why += "; the first of " + plural(static_cast<std::int64_t>(skipped.size()), "file") +
           " is skipped: " + skipped.front().path + " " + skipped.front().reason;
  }
  throw Failure(kExitFailed, why);
}

}  // namespace

std::string name_of(focus::LicenceClass licence) {
  for (const auto& [name, value] : kLicences) {
    if (value == licence) return std::string(name);
  }
  return "unclear";
}

void add_engine_options(CLI::App& app, EngineOptions& options) {
  app.add_option("--library", options.library,
                 "A folder of your own music, or a playlist (m3u), as the engine \"library\"")
      ->type_name("DIR")
      ->group(kGroup);
  CLI::Option* command =
      app.add_option("--engine-command", options.command,
                     "A command that plays a segment: {brief} is a JSON file to read, {out} the "
                     "audio file to write")
          ->type_name("CMD")
          ->group(kGroup);
  focus::EngineDescription& engine = options.description;
  const std::size_t others = app.get_options().size();
  app.add_option_function<std::string>(
         "--engine-key",
         [&engine](const std::string& text) {
           if (text.empty()) refuse("--engine-key", "must be 1 to 63 of a-z, 0-9, _, - and .");
           engine.key = text;
         },
         "What it is called")
      ->type_name("KEY")
      ->default_str(engine.key)
      ->group(kGroup);
  add_terms(app, engine);
  add_limits(app, engine);
  const std::vector<CLI::Option*> all = app.get_options();
  const std::vector<CLI::Option*> about_it(all.begin() + static_cast<std::ptrdiff_t>(others),
                                           all.end());
  app.parse_complete_callback([command, about_it] {
    if (command->count() > 0) return;
    for (const CLI::Option* option : about_it) {
      if (option->count() > 0)
        refuse(option->get_name(), "needs --engine-command, which it is about");
    }
  });
}

void add_engine(focus::Service& service, const EngineOptions& options, LibraryScan scan,
                bool quiet) {
  if (options.command) service.add_command_engine(options.description, *options.command);
  if (!options.library) return;
  try {
    const focus::Library library(*options.library);
    service.add_library(library);
    if (scan == LibraryScan::awaited) await_scan(library, *options.library, quiet);
  } catch (const focus::Error& error) {
    const bool is_usage = error.code() == focus::ErrorCode::invalid_argument;
    throw Failure(is_usage ? kExitUsage : kExitFailed, "--library: " + without_field(error));
  }
}

std::string chosen_engine(const std::string& asked, const EngineOptions& options) {
  if (!asked.empty()) return asked;
  if (options.library) return kLibraryKey;
  return options.command ? options.key() : asked;
}

}  // namespace cli
