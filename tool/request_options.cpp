// SPDX-License-Identifier: MIT
#include "request_options.h"

#include <algorithm>
#include <string_view>

#include "failure.h"
#include "option_types.h"
#include "request_fields.h"

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

/// Numbers that only the library judges: for a new one of the kind, a row here is all.
struct PlainReal {
  const char* option;
  const char* field;  ///< by whose description it is explained
  double focus::Request::*member;
  const char* type;
};
constexpr PlainReal kPlainReals[] = {
    {"--tempo-bpm", "tempo_bpm", &focus::Request::tempo_bpm, "BPM"},
    {"--segment-seconds", "segment_seconds", &focus::Request::segment_seconds, "S"},
};

void add_basics(CLI::App& app, RequestOptions& options) {
  app.add_option_function<std::string>(
         "--goal",
         [&options](const std::string& text) { options.goal = choose(kGoals, "--goal", text); },
         "What the music is for: focus, relax, sleep, energize or custom_prompt")
      ->type_name("GOAL")
      ->default_str("focus");
  add_whole(app, "--minutes", "How long it plays, " + range_of("target_minutes"),
            [&options](std::int32_t value) { options.minutes = value; })
      ->type_name("N")
      ->default_str(std::to_string(options.minutes));
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
  app.add_option("--fallback", options.fallback,
                 "Who plays a segment where that one fails (studio)")
      ->type_name("KEY");
  add_real(app, "--fallback-after",
           "How long a segment may take until it plays it, " + range_of("fallback_after_seconds") +
               " (the engine's own limit)",
           [&options](double value) {
             if (!is_in_range("fallback_after_seconds", value)) {
               refuse("--fallback-after",
                      "must be " + range_of("fallback_after_seconds") + " seconds");
             }
             options.fallback_after_seconds = value;
           })
      ->type_name("SECONDS");
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
  add_real(app, "--target-lufs",
           "Loudness, " + range_of("target_lufs") +
               " LUFS (the goal's own: focus -18, relax -20, sleep -23, energize -16)",
           [&options](double value) { options.target_lufs = value; })
      ->type_name("L");
}

/// What is off unless it is asked for.
void add_extras(CLI::App& app, RequestOptions& options) {
  add_whole(
      app, "--work-minutes",
      "Work for so long, " + range_of("work_minutes") + ", and then have a break, over and over",
      [&options](std::int32_t value) { options.work_minutes = value; })
      ->type_name("N");
  add_whole(app, "--break-minutes",
            "How long each break lasts, " + range_of("break_minutes") + "; it plays relax",
            [&options](std::int32_t value) { options.break_minutes = value; })
      ->type_name("N");
  add_real(app, "--ending-seconds",
           "Length of the last fade, " + range_of("ending_seconds") +
               ", at most half of it all (the goal's own: focus 8, "
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
  app.add_option_function<std::vector<std::string>>(
         "--scene",
         [&options](const std::vector<std::string>& texts) {
           for (const std::string& text : texts) {
             options.scenes += (options.scenes.empty() ? "" : ", ") + text;
           }
         },
         "A scene that --engine soundscape plays, or that lies under the music of another, and its "
         "level, -60 (off) to 12 dB (0), such as rain=-12; may be repeated. There are rain, "
         "rain_window, rain_forest, rain_tent, storm, sea, stream, waterfall, wind, fire, night, "
         "birds, cafe, train, fan, heartbeat, the noises white, pink, brown, blue, violet and "
         "grey, and the beats binaural:6/220 (of 6 Hz at 220 Hz, for headphones) and "
         "isochronic:10/200")
      ->allow_extra_args(false)
      ->type_name("NAME[=DB]");
  app.add_option(
         "--programme", options.programme,
         "Other scenes, or another level, from a minute on: MINUTE[/FADE] [DB]: SCENES; ... "
         "Such as \"0: train; 180/10: sea; 420/30 +6: birds\"")
      ->type_name("TEXT");
  add_real(app, "--modulation-depth",
           "How deep the music moves at 16 Hz, 0 (off) to 1; for focus and custom_prompt",
           [&options](double value) { options.modulation_depth = value; })
      ->type_name("D")
      ->default_str("0");
  for (const PlainReal& real : kPlainReals) {
    add_real(app, real.option, about(real.field), [&options, &real](double value) {
      options.reals.emplace_back(real.member, value);
    })->type_name(real.type);
  }
}

}  // namespace

std::string name_of(focus::Goal goal) {
  for (const auto& [name, value] : kGoals) {
    if (value == goal) return std::string(name);
  }
  return "unknown";
}

std::string name_of(focus::Intensity intensity) {
  for (const auto& [name, value] : kIntensities) {
    if (value == intensity) return std::string(name);
  }
  return "medium";
}

focus::Goal read_goal(const std::string& option, const std::string& text) {
  return choose(kGoals, option, text);
}

focus::Intensity read_intensity(const std::string& option, const std::string& text) {
  return choose(kIntensities, option, text);
}

void add_request_options(CLI::App& app, RequestOptions& options) {
  add_basics(app, options);
  add_extras(app, options);
  add_whole(app, "--rate", "Samples a second, " + range_of("sample_rate"),
            [&options](std::int32_t value) { options.rate = value; })
      ->type_name("HZ")
      ->default_str("48000");
}

void add_jobs(CLI::App& app, std::int32_t& jobs) {
  add_whole(app, "--jobs", "Segments made at the same time, 1 to 64 (one a core, at most 8)",
            [&jobs](std::int32_t value) {
              if (value < 1 || value > 64) {
                refuse("--jobs", "must be 1 to 64, not " + std::to_string(value));
              }
              jobs = value;
            })
      ->type_name("N");
}

focus::Request request_of(const RequestOptions& options) {
  focus::Request request;
  if (options.prompt.empty()) {
    request.goal = options.goal.value_or(focus::Goal::focus);
  } else if (options.goal.value_or(focus::Goal::custom_prompt) == focus::Goal::custom_prompt) {
    request.with_custom_prompt(options.prompt);
  } else {
    throw Failure(kExitUsage,
                  "--prompt: is heard only with --goal custom_prompt, not with --goal " +
                      name_of(*options.goal) + "; leave one of the two out");
  }
  request.target_minutes = options.minutes;
  request.intensity = options.intensity;
  request.divergence = options.divergence;
  request.engine = options.engine;
  request.with_fallback(options.fallback);
  request.with_fallback_after_seconds(options.fallback_after_seconds);
  request.seed = options.seed;
  request.sample_rate = options.rate;
  request.format =
      focus::Format::flac24;  // 16 bits of noise under every segment would be in the mix
  // The library takes 0 for "the goal's own"; who writes 0 here means a loudness, and is told.
  if (options.target_lufs == 0.0) {
    throw Failure(kExitUsage, "--target-lufs: must be a loudness from " + range_of("target_lufs") +
                                  " LUFS, not 0");
  }
  request.target_lufs = options.target_lufs.value_or(0.0);
  if (options.ending_seconds == 0.0) {  // likewise
    throw Failure(kExitUsage,
                  "--ending-seconds: must be " + range_of("ending_seconds") + " seconds, not 0");
  }
  request.ending_seconds = options.ending_seconds.value_or(0.0);
  request.modulation_depth = options.modulation_depth;
  for (const auto& [stem, level] : options.levels) request.*stem = level;
  for (const auto& [member, value] : options.reals) request.*member = value;
  request.with_scenes(options.scenes).with_programme(options.programme);
  request.with_phases(options.work_minutes, options.break_minutes);
  return request;
}

}  // namespace cli
