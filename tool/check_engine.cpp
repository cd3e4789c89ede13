// SPDX-License-Identifier: MIT
// focus-session check-engine: what holds of an engine.
#include <algorithm>
#include <chrono>
#include <future>
#include <iostream>
#include <string>
#include <unistd.h>
#include <vector>

#include "failure.h"
#include "interrupt.h"
#include "json.h"
#include "options.h"
#include "terminal.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

using focus::CheckVerdict;

constexpr std::size_t kNameColumn = 45;

constexpr const char* kExamples = R"(Examples:
  focus-session check-engine studio
  focus-session check-engine --engine-command 'python3 drone_engine.py {brief} {out}'
      a command that reads the JSON file {brief} and writes the audio file {out}
  focus-session check-engine --quick --engine-command './model.sh {brief} {out}' \
      --engine-rate 32000 --engine-max-seconds 120 --engine-timeout 600 --engine-licence personal_only
      a model that plays at 32 kHz, two minutes at most, and may not be sold
  focus-session check-engine studio --json

It has the engine make about half an hour of music (--quick: about five minutes), so that one which
charges for it costs that much. It ends with 0 where all holds, and with 1 where something fails.)";

std::string word_of(CheckVerdict verdict) {
  switch (verdict) {
    case CheckVerdict::holds:
      return "holds";
    case CheckVerdict::fails:
      return "fails";
    case CheckVerdict::note:
      return "note";
    case CheckVerdict::skipped:
      break;
  }
  return "skipped";
}

std::string mark_of(CheckVerdict verdict, bool unicode) {
  if (!unicode) return left(word_of(verdict), 7);
  switch (verdict) {
    case CheckVerdict::holds:
      return "✓";
    case CheckVerdict::fails:
      return "✗";
    case CheckVerdict::note:
      return "·";
    case CheckVerdict::skipped:
      break;
  }
  return "–";
}

void print_line(const focus::CheckResult& result, bool unicode) {
  std::string line = mark_of(result.verdict, unicode) + "  ";
  line += result.detail.empty() ? result.name : left(result.name, kNameColumn) + "  ";
  std::cout << line << plain(result.detail) << std::endl;
}

std::int64_t count(const std::vector<focus::CheckResult>& results, CheckVerdict verdict) {
  return std::count_if(results.begin(), results.end(), [verdict](const focus::CheckResult& result) {
    return result.verdict == verdict;
  });
}

void print_json(const std::string& engine, const std::vector<focus::CheckResult>& results) {
  JsonWriter json;
  json.StartObject();
  json.text("engine_key", engine);
  json.whole("holds", count(results, CheckVerdict::holds));
  json.whole("fails", count(results, CheckVerdict::fails));
  json.Key("results");
  json.StartArray();
  for (const focus::CheckResult& result : results) {
    json.StartObject();
    json.text("verdict", word_of(result.verdict));
    json.text("name", result.name);
    json.text("detail", result.detail);
    json.number("seconds", result.seconds);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  json.print(std::cout);
}

void print_summary(const std::string& engine, const std::vector<focus::CheckResult>& results) {
  const std::int64_t failed = count(results, CheckVerdict::fails);
  double seconds = 0.0;
  for (const focus::CheckResult& result : results) seconds += result.seconds;
  std::cout << plain(engine) << ": "
            << (failed == 0 ? "all holds" : std::to_string(failed) + " of them fail") << " ("
            << plural(count(results, CheckVerdict::holds) + failed, "check") << " in "
            << decimal(seconds, 1) << " s)" << std::endl;
}

/// Runs the check on another thread than the one that watches for Ctrl-C: a segment may take long.
std::vector<focus::CheckResult> run(focus::Service& service, const std::string& key,
                                    const CheckEngineOptions& options) {
  const bool unicode = isatty(STDOUT_FILENO) != 0 && terminal_is_unicode();
  const auto take = [&](const focus::CheckResult& result) {
    if (interrupted()) return false;
    if (!options.json) print_line(result, unicode);
    return true;
  };
  auto work = std::async(std::launch::async, [&] {
    return service.check_engine(key, focus::CheckOptions{}.with_quick(options.quick), take);
  });
  while (work.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    if (!interrupted()) continue;
    // What is under way is given up.
    if (options.engine.command) service.remove_engine(options.engine.key(), {});
    work.wait();
    throw Failure(interrupt_exit_code(), "interrupted");
  }
  return work.get();
}

}  // namespace

CLI::App* add_check_engine(CLI::App& app, CheckEngineOptions& options) {
  CLI::App* command =
      app.add_subcommand("check-engine", "Try an engine in every way, and tell what holds");
  command->add_option("KEY", options.key, "An engine of `focus-session engines` (the default one)")
      ->type_name("");
  command->add_flag("--quick", options.quick, "A few short segments alone");
  command->add_flag("--json", options.json, "Print one JSON object");
  add_engine_options(*command, options.engine);
  command->footer(kExamples);
  return command;
}

int check_engine(const CheckEngineOptions& options) {
  note_interrupts();
  focus::Service service(focus::ServiceOptions{}.with_storage(focus::Storage::memory));
  add_engine(service, options.engine);
  std::string key = chosen_engine(options.key, options.engine);
  if (key.empty()) key = service.engines().front().key;
  const std::vector<focus::CheckResult> results = run(service, key, options);
  options.json ? print_json(key, results) : print_summary(key, results);
  return count(results, CheckVerdict::fails) == 0 ? kExitOk : kExitFailed;
}

}  // namespace cli
