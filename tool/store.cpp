// SPDX-License-Identifier: MIT
// focus-session store: whether a data folder is whole, and its repair.
#include <iostream>
#include <string>
#include <vector>

#include "failure.h"
#include "json.h"
#include "options.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

using focus::StoreFinding;
using focus::StoreFindingKind;

constexpr const char* kCheckExamples = R"(  focus-session store check ~/focus
      compares the catalogue with the files, and reads all music; changes nothing
  focus-session store check ~/focus --quick --json
      looks at names and sizes alone, and tells it as JSON
)";
constexpr const char* kRepairExamples = R"(  focus-session store repair ~/focus
      rebuilds a catalogue that is missing or damaged, finds tracks again by their files, and moves
      files that belong to nothing to a folder of its own, repair-DATE
)";
constexpr const char* kNote = R"(
DIR is the folder of --data. No server or player may have it open. A segment that is lost is made
again when its session is played. The exit status is 0 when nothing is wrong, or all was repaired.)";

std::string footer_of(const std::string& examples) { return "Examples:\n" + examples + kNote; }

const char* word_of(StoreFindingKind kind) {
  switch (kind) {
    case StoreFindingKind::catalogue_missing:
      return "catalogue_missing";
    case StoreFindingKind::catalogue_damaged:
      return "catalogue_damaged";
    case StoreFindingKind::row_damaged:
      return "row_damaged";
    case StoreFindingKind::segment_without_file:
      return "segment_without_file";
    case StoreFindingKind::segment_damaged:
      return "segment_damaged";
    case StoreFindingKind::segment_without_row:
      return "segment_without_row";
    case StoreFindingKind::session_without_row:
      return "session_without_row";
    case StoreFindingKind::track_without_file:
      return "track_without_file";
    case StoreFindingKind::track_damaged:
      return "track_damaged";
    case StoreFindingKind::track_without_row:
      return "track_without_row";
    case StoreFindingKind::partial_file:
      return "partial_file";
    case StoreFindingKind::money_held:
      return "money_held";
    case StoreFindingKind::unknown_file:
      break;
  }
  return "unknown_file";
}

const char* state_of(const StoreFinding& finding) {
  if (finding.repaired) return "repaired";
  return finding.problem ? "problem" : "note";
}

void print_json(const StoreOptions& options, const focus::StoreInfo& info,
                const std::vector<StoreFinding>& findings) {
  JsonWriter json;
  json.StartObject();
  json.text("folder", options.folder);
  json.flag("ok", info.problem_count == 0);
  json.whole("problems", info.problem_count);
  json.whole("sessions", info.session_count);
  json.whole("segments", info.segment_count);
  json.whole("tracks", info.track_count);
  json.whole("audio_bytes", info.audio_bytes);
  json.text("backup_folder", info.backup_folder);
  json.Key("findings");
  json.StartArray();
  for (const StoreFinding& finding : findings) {
    json.StartObject();
    json.text("kind", word_of(finding.kind));
    json.text("state", state_of(finding));
    json.text("session_id", finding.session_id);
    if (finding.segment_index >= 0) json.whole("segment_index", finding.segment_index);
    json.text("track_id", finding.track_id);
    json.text("path", finding.path);
    json.text("message", finding.message);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  json.print(std::cout);
}

void print_words(const StoreOptions& options, const focus::StoreInfo& info,
                 const std::vector<StoreFinding>& findings) {
  for (const StoreFinding& finding : findings) {
    std::cout << left(state_of(finding), 10) << plain(finding.path) << ": "
              << plain(finding.message) << '\n';
  }
  std::cout << plain(options.folder) << ": " << plural(info.session_count, "session") << ", "
            << plural(info.segment_count, "segment") << " and " << plural(info.track_count, "track")
            << " are whole (" << decimal(static_cast<double>(info.audio_bytes) / 1e6, 1) << " MB); "
            << plural(info.problem_count, "problem")
            << (info.problem_count == 0 ? ""
                : options.repair        ? " left"
                                        : "")
            << '\n';
  if (!info.backup_folder.empty()) {
    std::cout << "  what was changed is kept in " << plain(info.backup_folder) << '\n';
  }
  if (!options.repair && info.problem_count > 0) {
    std::cout << "  to put it in order: focus-session store repair " << shell_quoted(options.folder)
              << '\n';
  }
}

CLI::App* add_store_command(CLI::App& store, StoreOptions& options, bool repair,
                            const std::string& name, const std::string& about,
                            const char* examples) {
  CLI::App* command = store.add_subcommand(name, about);
  command->callback([&options, repair] { options.repair = repair; });
  command->add_option("DIR", options.folder, "The folder of --data")->required()->type_name("");
  command->add_flag("--quick", options.quick, "Compare names and sizes, and read no music");
  command->add_flag("--json", options.json, "Print one JSON object");
  command->footer(footer_of(examples));
  return command;
}

}  // namespace

CLI::App* add_store(CLI::App& app, StoreOptions& options) {
  CLI::App* store = app.add_subcommand("store", "Check and repair a folder in which music is kept");
  store->require_subcommand(1);
  store->footer(footer_of(std::string(kCheckExamples) + kRepairExamples));
  add_store_command(*store, options, false, "check", "Tell what is wrong, and change nothing",
                    kCheckExamples);
  add_store_command(*store, options, true, "repair", "Put in order what can be, and lose nothing",
                    kRepairExamples);
  return store;
}

int store(const StoreOptions& options) {
  const auto how = focus::StoreOptions{}.with_quick(options.quick);
  const focus::StoreReport report = options.repair ? focus::StoreReport::repair(options.folder, how)
                                                   : focus::StoreReport::check(options.folder, how);
  const focus::StoreInfo info = report.info();
  if (options.json) {
    print_json(options, info, report.findings());
  } else {
    print_words(options, info, report.findings());
  }
  return info.problem_count == 0 ? kExitOk : kExitFailed;
}

}  // namespace cli
