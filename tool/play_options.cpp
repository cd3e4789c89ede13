// SPDX-License-Identifier: MIT
#include <string>

#include "commands.h"
#include "keys.h"
#include "option_types.h"
#include "options.h"
#include "text.h"

namespace cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  focus-session play
      an hour of focus music
  focus-session play --prompt "slow warm pads, rain on a window, no drums" --minutes 90
      music by description
  focus-session play --goal sleep --minutes 480 --sleep-timer 45 --sleep-fade 600
      fades out over ten minutes and pauses after three quarters of an hour
  focus-session play --minutes 120 --work-minutes 25 --break-minutes 5 --data ~/music-sessions
      work and breaks take turns; kept, to go on later:
  focus-session play --data ~/music-sessions --session last --start 45:00
  focus-session play --engine-command 'python3 drone_engine.py {brief} {out}'
      played by a program of yours; studio stands in where it fails or is late
  (sleep 60; echo intensity high; sleep 600; echo stop) | focus-session play >log
      steered by a script

Keys, on a terminal:
)";

std::string footer() {
  std::string text = kExamples;
  for (const auto& [key, meaning] : kKeyHelp) text += "  " + left(key, 13) + meaning + "\n";
  text +=
      "\nElsewhere it writes a line for each thing that happens, and takes commands, a line "
      "each:\n";
  return text + kCommandHelp + "\n\nq, `stop` and Ctrl-C fade the music out and end with 0.";
}

void add_sleep(CLI::App& app, PlayOptions& options) {
  add_real(app, "--sleep-timer", "Pause after so many minutes of music, up to a week",
           [&options](double value) {
             if (!(value > 0.0 && value <= 7.0 * 24.0 * 60.0)) {
               refuse("--sleep-timer", "must be more than 0 and at most 10080 minutes");
             }
             options.sleep_minutes = value;
           })
      ->type_name("MINUTES");
  add_real(app, "--sleep-fade", "How long the music fades before that",
           [&options](double value) {
             if (!(value >= 0.0 && value <= 86400.0)) {
               refuse("--sleep-fade", "must be 0 to 86400 seconds");
             }
             options.sleep_fade_seconds = value;
           })
      ->type_name("SECONDS")
      ->default_str("30");
}

}  // namespace

CLI::App* add_play(CLI::App& app, PlayOptions& options) {
  CLI::App* command =
      app.add_subcommand("play", "Play a session now, and steer it with keys or commands");
  add_request_options(*command, options.request);
  const std::vector<CLI::Option*> about_music = command->get_options();
  add_jobs(*command, options.jobs);
  add_engine_options(*command, options.engine);
  add_real(*command, "--volume", "From 0 (silent) to 1",
           [&options](double value) {
             if (!(value >= 0.0 && value <= 1.0)) refuse("--volume", "must be 0 (silent) to 1");
             options.volume = value;
           })
      ->type_name("V")
      ->default_str("1");
  add_sleep(*command, options);
  command
      ->add_option("--device", options.device,
                   "A sound device by name, part of it, or number; list tells which there are; "
                   "none plays without sound")
      ->type_name("NAME");
  command
      ->add_option_function<std::string>(
          "--start",
          [&options](const std::string& text) {
            const auto start = clock_time(text);
            if (!start) {
              refuse("--start", "must be seconds or a time such as 1:30, not \"" + text + "\"");
            }
            options.start_seconds = *start;
          },
          "Where to begin, in seconds or as 45:00")
      ->type_name("TIME");
  CLI::Option* data =
      command->add_option("--data", options.data_folder, "A folder in which the session is kept")
          ->type_name("FOLDER");
  CLI::Option* session =
      command
          ->add_option("--session", options.session_id,
                       "Go on with a session kept in --data: its id, or last for the newest")
          ->type_name("ID");
  command->callback([about_music, data, session] {
    if (session->count() == 0) return;
    if (data->count() == 0) refuse("--session", "needs --data, the folder it is kept in");
    for (const CLI::Option* option : about_music) {
      if (option->count() > 0 && option->get_name() != "--help") {
        refuse("--session", "goes on with the music as it is; leave out " + option->get_name() +
                                " and steer it once it plays");
      }
    }
  });
  add_real(*command, "--speed", "", [&options](double value) {
    if (!(value > 0.0 && value <= 1000.0)) refuse("--speed", "must be more than 0, up to 1000");
    options.speed = value;
  })->group("");  // for tests
  command->footer(footer());
  return command;
}

}  // namespace cli
