// SPDX-License-Identifier: MIT
#include "engines/command/command_generator.h"

#include <string_view>
#include <utility>

#include <absl/strings/numbers.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_replace.h>

#include "audio/file.h"
#include "base/child_process.h"
#include "base/error.h"
#include "base/temporary_folder.h"
#include "base/text.h"
#include "engines/command/brief_json.h"
#include "engines/command/delivery.h"

namespace focus::core::engines {
namespace {

constexpr char kBrief[] = "{brief}";
constexpr char kOut[] = "{out}";
constexpr std::string_view kProgress = "progress ";
constexpr double kGraceSeconds = 0.15;   // must be less than HostTerms::grace
constexpr int kExitNotExecutable = 126;  // exit status of the shell
constexpr int kExitNotFound = 127;

void take_line(std::string_view line, HostSink& sink) {
  double fraction = 0.0;
  if (line.substr(0, kProgress.size()) != kProgress) return;
  const std::string number(line.substr(kProgress.size()));
  // A number out of range is ignored.
  if (absl::SimpleAtod(number, &fraction)) sink.report_progress(fraction).IgnoreError();
}

absl::Status failure_of(const CommandEnd& end) {
  const Fault fault = end.exit_status == kExitNotFound        ? Fault::not_found
                      : end.exit_status == kExitNotExecutable ? Fault::argument
                                                              : Fault::engine;
  return fault_error(fault, absl::StrCat("the command ended with ", describe_exit(end.exit_status),
                                         end.last_error.empty() ? "" : ": ", end.last_error));
}

absl::Status write_files(const plan::Brief& brief, int attempt, const std::string& brief_path,
                         const BriefFiles& files) {
  if (brief.previous) {
    FOCUS_RETURN_IF_ERROR(write_audio_file(files.previous, audio::AudioFormat::wav,
                                           std::as_const(*brief.previous).view(), brief.sample_rate,
                                           {}, AtomicFile::Durability::renamed, CancelToken()));
  }
  return write_file(brief_path, brief_as_json(brief, attempt, files),
                    AtomicFile::Durability::renamed);
}

}  // namespace

absl::StatusOr<std::unique_ptr<CommandGenerator>> CommandGenerator::create(std::string command) {
  if (is_blank(command)) {
    return invalid_field("command", "say what to run, with {brief} and {out} for its two paths");
  }
  if (command.find(kBrief) == std::string::npos) {
    return invalid_field("command", "lacks {brief}, which becomes the path of the brief to read");
  }
  if (command.find(kOut) == std::string::npos) {
    return invalid_field("command", "lacks {out}, which becomes the path for the audio to write");
  }
  FOCUS_RETURN_IF_ERROR(commands_can_run());
  TemporaryFolder::remove_abandoned(kCommandFolderPrefix);
  return std::unique_ptr<CommandGenerator>(new CommandGenerator(std::move(command)));
}

absl::Status CommandGenerator::generate(const plan::Brief& brief, int attempt, HostSink& sink) {
  FOCUS_ASSIGN_OR_RETURN(const TemporaryFolder folder,
                         TemporaryFolder::create(kCommandFolderPrefix));
  const std::string brief_path = folder.path() + "/brief.json";
  BriefFiles files;
  files.out = folder.path() + "/out.wav";
  if (brief.previous) files.previous = folder.path() + "/previous.wav";
  FOCUS_RETURN_IF_ERROR(write_files(brief, attempt, brief_path, files));

  const std::string command = absl::StrReplaceAll(
      command_, {{kBrief, shell_quoted(brief_path)}, {kOut, shell_quoted(files.out)}});
  CommandWatch watch;
  watch.cancelled = [&] { return !sink.check().ok(); };
  watch.line = [&](std::string_view line) { take_line(line, sink); };
  watch.grace_seconds = kGraceSeconds;
  FOCUS_ASSIGN_OR_RETURN(const CommandEnd end, run_command(command, watch));
  if (end.cancelled) return cancelled_error();
  if (!end.ok()) return failure_of(end);
  return deliver_file(files.out, brief, sink);
}

}  // namespace focus::core::engines
