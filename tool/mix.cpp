// SPDX-License-Identifier: MIT
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <string>
#include <vector>

#include "cue_sheet.h"
#include "failure.h"
#include "interrupt.h"
#include "json.h"
#include "mix_picture.h"
#include "options.h"
#include "output.h"
#include "progress.h"
#include "request_fields.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int32_t kPicturePoints = 400;
constexpr double kUsualLufs = -18.0;
constexpr double kToldLu = 0.2;

focus::MixOptions options_of(const MixCommandOptions& options) {
  // The library takes 0 for "its own"; who writes 0 here means a value, and is told.
  if (options.target_lufs == 0.0) {
    throw Failure(kExitUsage, "--target-lufs: must be a loudness from -40 to -8 LUFS, not 0");
  }
  if (options.crossfade_seconds == 0.0) {
    throw Failure(kExitUsage, "--crossfade: must be auto or 0.01 to 60 seconds, not 0");
  }
  if (options.rate == 0) {
    throw Failure(kExitUsage, "--rate: must be " + range_of("sample_rate") + " Hz, not 0");
  }
  focus::MixOptions mix;
  mix.target_lufs = options.target_lufs.value_or(0.0);
  mix.crossfade_seconds = options.crossfade_seconds.value_or(0.0);
  mix.sample_rate = options.rate.value_or(0);
  mix.trim_seconds = options.trim_seconds;
  mix.bits = options.bits;
  mix.format = options.format;
  return mix;
}

/// "01-02", as many digits as the last needs.
std::string name_of(const focus::MixTransitionInfo& transition, std::int32_t file_count) {
  const std::size_t digits = std::max<std::size_t>(std::to_string(file_count).size(), 2);
  const auto padded = [digits](std::int32_t number) {
    const std::string text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
  };
  return padded(transition.index + 1) + "-" + padded(transition.index + 2);
}

const char* name_of(focus::CrossfadeCurve curve) {
  switch (curve) {
    case focus::CrossfadeCurve::equal_gain:
      return "equal_gain";
    case focus::CrossfadeCurve::loudness_held:
      return "loudness_held";
    case focus::CrossfadeCurve::same_piece:
      return "same_piece";
    case focus::CrossfadeCurve::equal_power:
      break;
  }
  return "equal_power";
}

const char* name_of(focus::TempoMatch match) {
  switch (match) {
    case focus::TempoMatch::beats:
      return "beats";
    case focus::TempoMatch::downbeats:
      return "downbeats";
    case focus::TempoMatch::none:
      break;
  }
  return "none";
}

/// The thread that mixes is not the one that watches for Ctrl-C.
void make(focus::Mix& mix, const MixCommandOptions& options, const Output& output) {
  Progress progress(0.0, 0, options.quiet);
  std::future<void> work = std::async(std::launch::async, [&] { mix.write(output.path); });
  bool stopped = false;
  while (work.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    if (interrupted() && !stopped) {
      mix.cancel();
      stopped = true;
    }
    progress.show_share(mix.info().progress);
  }
  if (stopped) {
    work.wait();
    throw Failure(interrupt_exit_code(),
                  "interrupted; " + std::string(output.is_stream ? "what was written is cut off"
                                                                 : "nothing was written"));
  }
  work.get();
}

/// A chapter for each file, from where it is first heard.
std::vector<focus::Chapter> chapters_of(const focus::Mix& mix) {
  std::vector<focus::Chapter> chapters;
  for (std::int32_t index = 0; index < mix.info().file_count; ++index) {
    const focus::MixFileInfo file = mix.file(index);
    const double start = index == 0 ? 0.0 : file.start_seconds + file.unheard_start_seconds;
    chapters.push_back({start, fs::path(file.path).stem().string()});
  }
  return chapters;
}

/// Refuses a drawing that would replace one of the files of the mix.
void check_pictures(const MixCommandOptions& options) {
  std::error_code ignored;
  for (const std::string& file : options.files) {
    const fs::path folder = fs::path(file).has_parent_path() ? fs::path(file).parent_path() : ".";
    if (fs::path(file).extension() == ".svg" &&
        fs::equivalent(folder, options.pictures_folder, ignored)) {
      throw Failure(kExitUsage, "--pictures: a drawing could replace " + file +
                                    ", which is mixed; choose another folder");
    }
  }
}

void draw(const focus::Mix& mix, const MixCommandOptions& options, const Output& output) {
  std::error_code error;
  fs::create_directories(options.pictures_folder, error);
  if (error) {
    throw Failure(kExitFailed, "--pictures: " + options.pictures_folder +
                                   " can not be made: " + error.message());
  }
  std::vector<float> mix_curve;  // a stream can not be read again
  if (!output.is_stream) mix_curve = focus::Measurement(output.path).momentary();
  const focus::MixInfo info = mix.info();
  for (std::int32_t index = 0; index < info.transition_count; ++index) {
    MixPicture picture;
    picture.transition = mix.transition(index);
    picture.old_file = mix.file(index);
    picture.new_file = mix.file(index + 1);
    picture.title = fs::path(picture.old_file.path).filename().string() + " to " +
                    fs::path(picture.new_file.path).filename().string();
    picture.old_curve = mix.file_curve(index);
    picture.new_curve = mix.file_curve(index + 1);
    picture.mix_curve = mix_curve;
    picture.gains = mix.gains(index, kPicturePoints);
    picture.target_lufs = options.target_lufs.value_or(kUsualLufs);
    const std::string path = (fs::path(options.pictures_folder) /
                              (name_of(picture.transition, info.file_count) + ".svg"))
                                 .string();
    std::ofstream file(path, std::ios::binary);
    file << draw_mix(picture);
    file.close();
    if (!file) throw Failure(kExitFailed, path + ": can not be written");
  }
}

void print_json(const focus::Mix& mix, std::ostream& out) {
  const focus::MixInfo info = mix.info();
  JsonWriter json;
  json.StartArray();
  for (std::int32_t index = 0; index < info.transition_count; ++index) {
    const focus::MixTransitionInfo transition = mix.transition(index);
    const focus::MixFileInfo old_file = mix.file(index);
    const focus::MixFileInfo new_file = mix.file(index + 1);
    json.StartObject();
    json.text("name", name_of(transition, info.file_count));
    json.number("start", transition.start_seconds);
    json.number("end", transition.end_seconds);
    json.text("curve", name_of(transition.curve));
    json.number("correlation", transition.correlation);
    json.flag("polarity_inverted", transition.polarity_inverted);
    json.number("offset_ms", 1000.0 * transition.offset_seconds);
    json.number("deepest_trim_db", transition.deepest_trim_db);
    json.text("tempo_match", name_of(transition.tempo_match));
    json.number("old_bpm", transition.old_bpm);
    json.number("new_bpm", transition.new_bpm);
    json.number("old_cue_out", transition.old_end_seconds);
    json.number("new_cue_in", transition.new_start_seconds);
    for (const auto& [key, file] : {std::pair{"old", &old_file}, std::pair{"new", &new_file}}) {
      json.Key(key);
      json.StartObject();
      json.text("path", file->path);
      json.number("start", file->start_seconds);
      json.number("gain_db", file->gain_db);
      json.number("integrated_lufs", file->integrated_lufs);
      json.number("true_peak_dbtp", file->true_peak_dbtp);
      json.flag("limited", file->limited);
      json.number("unheard_start_seconds", file->unheard_start_seconds);
      json.number("unheard_end_seconds", file->unheard_end_seconds);
      json.number("silent_start_seconds", file->silent_start_seconds);
      json.number("silent_end_seconds", file->silent_end_seconds);
      json.EndObject();
    }
    json.EndObject();
  }
  json.EndArray();
  json.print(out);
}

/// "2.0 s of silence", "12.5 s (2.0 s of it silence)"; "" for less than a tenth of a second.
std::string unheard(double seconds, double silent_seconds, const char* where) {
  if (seconds < 0.05) return "";
  std::string text = decimal(seconds, 1) + " s ";
  if (silent_seconds > seconds - 0.05) {
    text += "of silence ";
  } else if (silent_seconds >= 0.05) {
    text += "(" + decimal(silent_seconds, 1) + " s of it silence) ";
  }
  return text + where;
}

void print_unheard(const focus::MixFileInfo& file, std::ostream& out) {
  const std::string start =
      unheard(file.unheard_start_seconds, file.silent_start_seconds, "at its beginning");
  const std::string end = unheard(file.unheard_end_seconds, file.silent_end_seconds, "at its end");
  if (start.empty() && end.empty()) return;
  out << "    not heard: " << start << (start.empty() || end.empty() ? "" : ", ") << end << '\n';
}

void print_words(const focus::Mix& mix, const MixCommandOptions& options, const Output& output) {
  const focus::MixInfo info = mix.info();
  std::ostream& out = output.words();
  out << plain(output.name) << ": " << clock(info.duration_seconds) << " of "
      << plural(info.file_count, "file") << " at " << info.sample_rate << " Hz\n";
  for (std::int32_t index = 0; index < info.file_count; ++index) {
    const focus::MixFileInfo file = mix.file(index);
    out << "  " << plain(file.path) << ": " << (file.gain_db < 0.0 ? "" : "+")
        << decimal(file.gain_db, 1) << " dB to " << decimal(file.integrated_lufs, 1)
        << " LUFS, true peak " << decimal(file.true_peak_dbtp, 1) << " dBTP"
        << (file.limited ? ", limited" : "");
    const double missed_lu = options.target_lufs.value_or(kUsualLufs) - file.integrated_lufs;
    if (missed_lu > kToldLu) {
      out << ", " << decimal(missed_lu, 1)
          << " LU under the target, since its peaks leave no more room";
    }
    out << '\n';
    print_unheard(file, out);
    if (index == info.transition_count) break;
    const focus::MixTransitionInfo transition = mix.transition(index);
    out << "    " << clock(transition.start_seconds) << " crossfade of "
        << decimal(transition.end_seconds - transition.start_seconds, 1) << " s, correlation "
        << decimal(transition.correlation, 2)
        << (transition.polarity_inverted ? ", polarity inverted" : "");
    if (transition.tempo_match != focus::TempoMatch::none) {
      out << ", " << name_of(transition.tempo_match) << " meet at "
          << decimal(transition.new_bpm, 1) << " bpm";
    }
    if (transition.deepest_trim_db >= 0.05) {
      out << ", lowered by up to " << decimal(transition.deepest_trim_db, 1) << " dB";
    }
    out << '\n';
  }
}

}  // namespace

int mix(const MixCommandOptions& options) {
  note_interrupts();
  const Output output(options.out);
  if (!options.pictures_folder.empty()) check_pictures(options);
  check_cue_sheet(options.cue_file, output, options.files.size());
  focus::Mix mix(options.files, options_of(options));
  quiet_without_reader(output, [&] { make(mix, options, output); });
  if (!options.cue_file.empty()) {
    write_cue_sheet(options.cue_file, output, "Mix of " + plural(mix.info().file_count, "file"),
                    chapters_of(mix));
  }
  if (!options.pictures_folder.empty()) draw(mix, options, output);
  if (options.json) {
    print_json(mix, output.words());
  } else if (!options.quiet) {
    print_words(mix, options, output);
    if (!options.pictures_folder.empty()) {
      output.words() << "  " << plain(options.pictures_folder) << ": "
                     << plural(mix.info().transition_count, "picture") << '\n';
    }
  }
  return kExitOk;
}

}  // namespace cli
