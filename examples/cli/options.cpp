// SPDX-License-Identifier: MIT
#include "options.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>
#include <utility>

#include "text.h"

namespace cli {
namespace {

constexpr std::pair<std::string_view, focus::Goal> kGoals[] = {
    {"focus", focus::Goal::focus},
    {"relax", focus::Goal::relax},
    {"sleep", focus::Goal::sleep},
    {"energize", focus::Goal::energize},
    {"custom_prompt", focus::Goal::custom_prompt},
};
constexpr std::pair<std::string_view, focus::Intensity> kIntensities[] = {
    {"low", focus::Intensity::low},
    {"medium", focus::Intensity::medium},
    {"high", focus::Intensity::high},
};

constexpr std::pair<std::string_view, double focus::Request::*> kStems[] = {
    {"pads", &focus::Request::pads_db},         {"bass", &focus::Request::bass_db},
    {"melody", &focus::Request::melody_db},     {"percussion", &focus::Request::percussion_db},
    {"ambience", &focus::Request::ambience_db},
};

constexpr const char* kRenderExamples = R"(Examples:
  focus-session render focus.flac
      ten minutes of focus music
  focus-session render night.opus --goal sleep --minutes 480
      a whole night, in bounded memory
  focus-session render rain.wav --prompt "slow warm pads, rain on a window, no drums" --minutes 20
      music by description
  focus-session render day.flac --minutes 120 --work-minutes 25 --break-minutes 5
      work and breaks take turns; a break plays relax, then the work's music goes on
  focus-session render doze.flac --goal sleep --minutes 60 --ending-seconds 1800
      the second half hour is one long fade
  focus-session render desk.flac --modulation-depth 0.5 --level melody=-6 --level percussion=-60
      modulated at 16 Hz, its melody further back, its percussion off
  focus-session render again.flac --seed 7 --intensity low --divergence 0.5
      the same seed and options give the same music, bit for bit
  focus-session render hour.flac --minutes 60 --segments hour/
      also the segments, their scores as MIDI, session.json and a drawing, timeline.svg

OUT ends in .wav (32-bit float), .flac (24 bit), .ogg, .opus or .mp3.)";

constexpr const char* kMeasureExamples = R"(Examples:
  focus-session measure focus.flac
  focus-session measure --json *.flac

Loudness and range are those of EBU R 128 and EBU Tech 3342, the peak is the true peak. The cue
points are the first and the last moment at which the body of the music is at full level.)";

constexpr const char* kMixExamples = R"(Examples:
  focus-session mix one.flac two.mp3 three.wav --out evening.flac
      levelled to -18 LUFS; each overlap, its length and its law are found from the audio
  focus-session mix *.ogg --out album.opus --target-lufs -16 --crossfade 6
      six seconds each, at most half of a file
  focus-session mix *.wav --out set.flac --json --pictures set/
      where and how the transitions are, as JSON and as drawings

The first file is heard from its beginning and the last to its end. In between, a crossfade lies
where both are still loud, within the bodies that `focus-session measure` tells of. Files that keep
the same beat meet on it; files that are alike are moved by up to 15 ms, or turned in polarity, so
that they do not cancel each other. Mono is put on both sides, surround is folded down to stereo.

OUT ends in .wav (32-bit float), .flac (24 bit), .ogg, .opus or .mp3.)";

/// The error of an option, in one line.
[[noreturn]] void refuse(const std::string& option, const std::string& message) {
  throw CLI::ValidationError(option, message);
}

template <typename Value, std::size_t count>
Value choose(const std::pair<std::string_view, Value> (&choices)[count], const std::string& option,
             const std::string& text) {
  std::string names;
  for (const auto& [name, value] : choices) {
    if (name == text) return value;
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  refuse(option, "must be one of " + names + ", not \"" + text + "\"");
}

/// An option that holds a number. CLI11 would read it by the locale and take what follows it.
template <typename Store>
CLI::Option* add_whole(CLI::App& app, const std::string& option, const std::string& about,
                       Store store) {
  return app.add_option_function<std::string>(
      option,
      [option, store](const std::string& text) {
        const auto number = whole_number(text);
        using Limits = std::numeric_limits<std::int32_t>;
        if (!number || *number < Limits::min() || *number > Limits::max()) {
          refuse(option, "must be a whole number, not \"" + text + "\"");
        }
        store(static_cast<std::int32_t>(*number));
      },
      about);
}

template <typename Store>
CLI::Option* add_real(CLI::App& app, const std::string& option, const std::string& about,
                      Store store) {
  return app.add_option_function<std::string>(
      option,
      [option, store](const std::string& text) {
        const auto number = real_number(text);
        if (!number) refuse(option, "must be a number such as 0.5, not \"" + text + "\"");
        store(*number);
      },
      about);
}

void add_request(CLI::App& app, RenderOptions& options) {
  app.add_option_function<std::string>(
         "--goal",
         [&options](const std::string& text) { options.goal = choose(kGoals, "--goal", text); },
         "What the music is for: focus, relax, sleep, energize or custom_prompt")
      ->type_name("GOAL")
      ->default_str("focus");
  add_whole(app, "--minutes", "How long it plays, 1 to 1440",
            [&options](std::int32_t value) { options.minutes = value; })
      ->type_name("N")
      ->default_str("10");
  app.add_option_function<std::string>(
         "--intensity",
         [&options](const std::string& text) {
           options.intensity = choose(kIntensities, "--intensity", text);
         },
         "How busy it is: low, medium or high")
      ->type_name("LEVEL")
      ->default_str("medium");
  add_real(app, "--divergence",
           "How much its parts differ, from 0 (much alike) to 1 (highly varied)",
           [&options](double value) { options.divergence = value; })
      ->type_name("D")
      ->default_str("0");
  app.add_option("--engine", options.engine, "Who plays; see `focus-session engines`")
      ->type_name("KEY");
  app.add_option("--prompt", options.prompt, "What to play, in words; makes the goal custom_prompt")
      ->type_name("TEXT");
  app.add_option_function<std::string>(
         "--seed",
         [&options](const std::string& text) {
           options.seed = natural_number(text);
           if (!options.seed) {
             refuse("--seed",
                    "must be a whole number from 0 to 18446744073709551615, not \"" + text + "\"");
           }
         },
         "Decides every choice of the composer; drawn when absent")
      ->type_name("N");
  add_real(
      app, "--target-lufs",
      "Loudness, -40 to -8 LUFS (the goal's own: focus -18, relax -20, sleep -23, energize -16)",
      [&options](double value) { options.target_lufs = value; })
      ->type_name("L");
}

/// What is off unless it is asked for.
void add_extras(CLI::App& app, RenderOptions& options) {
  add_whole(app, "--work-minutes",
            "Work for so long, 5 to 120, and then have a break, over and over",
            [&options](std::int32_t value) { options.work_minutes = value; })
      ->type_name("N");
  add_whole(app, "--break-minutes", "How long each break lasts, 1 to 60; it plays relax",
            [&options](std::int32_t value) { options.break_minutes = value; })
      ->type_name("N");
  add_real(app, "--ending-seconds",
           "Length of the last fade, 1 to 3600, at most half of it all (the goal's own: focus 8, "
           "relax 20, sleep 90, energize 4)",
           [&options](double value) { options.ending_seconds = value; })
      ->type_name("S");
  app.add_option_function<std::vector<std::string>>(
         "--level",
         [&options](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             const std::size_t sign = std::min(text.find('='), text.size());
             const auto stem = choose(kStems, "--level", text.substr(0, sign));
             const auto level = real_number(text.substr(std::min(sign + 1, text.size())));
             if (!level) refuse("--level", "must be such as melody=-6, not \"" + text + "\"");
             options.levels.emplace_back(stem, *level);
           }
         },
         "Level of pads, bass, melody, percussion or ambience, -60 (off) to 12 dB; may be repeated")
      ->allow_extra_args(false)
      ->type_name("STEM=DB");
  add_real(app, "--modulation-depth",
           "How deep the music moves at 16 Hz, 0 (off) to 1; for focus and custom_prompt",
           [&options](double value) { options.modulation_depth = value; })
      ->type_name("D")
      ->default_str("0");
}

}  // namespace

std::string name_of(focus::Goal goal) {
  for (const auto& [name, value] : kGoals) {
    if (value == goal) return std::string(name);
  }
  return "unknown";
}

CLI::App* add_render(CLI::App& app, RenderOptions& options) {
  CLI::App* command = app.add_subcommand("render", "Make a session and write it as one audio file");
  command->add_option("OUT", options.out, "The file; its ending chooses the format")
      ->required()
      ->type_name("");
  add_request(*command, options);
  add_extras(*command, options);
  command
      ->add_option("--segments", options.segments_folder,
                   "A folder for the segments, scores, session.json and timeline.svg")
      ->type_name("DIR");
  add_whole(*command, "--rate", "Samples a second, 8000 to 192000",
            [&options](std::int32_t value) { options.rate = value; })
      ->type_name("HZ")
      ->default_str("48000");
  add_whole(*command, "--jobs", "Segments made at the same time, 1 to 64 (one a core, at most 8)",
            [&options](std::int32_t value) {
              if (value < 1 || value > 64) {
                refuse("--jobs", "must be 1 to 64, not " + std::to_string(value));
              }
              options.jobs = value;
            })
      ->type_name("N");
  command->add_flag("--json", options.json, "Tell what was made as one JSON object on stdout");
  command->add_flag("--quiet", options.quiet, "Tell nothing but errors");
  command->footer(kRenderExamples);
  return command;
}

CLI::App* add_measure(CLI::App& app, MeasureOptions& options) {
  CLI::App* command = app.add_subcommand("measure", "Measure the loudness of audio files");
  command->add_option("FILE", options.files, "Files of any format libsndfile reads")
      ->required()
      ->type_name("...");
  command->add_flag("--json", options.json, "Print one JSON object");
  command->footer(kMeasureExamples);
  return command;
}

CLI::App* add_mix(CLI::App& app, MixCommandOptions& options) {
  CLI::App* command = app.add_subcommand("mix", "Level audio files and join them to one");
  command->add_option("FILE", options.files, "Files of any format libsndfile reads, in their order")
      ->required()
      ->type_name("...");
  command->add_option("--out", options.out, "The file to write; its ending chooses the format")
      ->required()
      ->type_name("OUT");
  command
      ->add_option_function<std::string>(
          "--crossfade",
          [&options](const std::string& text) {
            if (text == "auto") return;
            options.crossfade_seconds = real_number(text);
            if (!options.crossfade_seconds) {
              refuse("--crossfade", "must be auto or a number of seconds, not \"" + text + "\"");
            }
          },
          "How long two files sound at once: auto (found for each pair) or 0.01 to 60 seconds")
      ->type_name("auto|S")
      ->default_str("auto");
  add_real(*command, "--target-lufs", "Loudness that each file is brought to, -40 to -8 LUFS",
           [&options](double value) { options.target_lufs = value; })
      ->type_name("L")
      ->default_str("-18");
  add_whole(*command, "--rate", "Samples a second, 8000 to 192000 (that of most files)",
            [&options](std::int32_t value) { options.rate = value; })
      ->type_name("HZ");
  command
      ->add_option("--pictures", options.pictures_folder,
                   "A folder for a drawing (SVG) of each transition")
      ->type_name("DIR");
  command->add_flag("--json", options.json, "List the transitions as one JSON array on stdout");
  command->add_flag("--quiet", options.quiet, "Tell nothing but errors");
  command->footer(kMixExamples);
  return command;
}

CLI::App* add_engines(CLI::App& app, EnginesOptions& options) {
  CLI::App* command = app.add_subcommand("engines", "List who can play, and under which licence");
  command->add_flag("--json", options.json, "Print one JSON object");
  command->footer("Examples:\n  focus-session engines\n  focus-session engines --json");
  return command;
}

}  // namespace cli
