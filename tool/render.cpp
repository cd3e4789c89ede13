// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "cue_sheet.h"
#include "failure.h"
#include "interrupt.h"
#include "json.h"
#include "options.h"
#include "output.h"
#include "progress.h"
#include "segment_folder.h"
#include "story.h"
#include "text.h"
#include <focus_session/focus_session.hpp>

namespace cli {
namespace {

constexpr std::int32_t kBlock = 4096;

/// What there is to tell at the end.
struct Result {
  std::vector<std::string> files;
  std::string story;               ///< what was made of the request
  std::vector<std::string> notes;  ///< segments that another engine had to play
  focus::SessionInfo session;
  focus::MeasurementInfo measured;
  double seconds = 0.0;
  double took_seconds = 0.0;

  double speed() const { return seconds / std::max(took_seconds, 1e-3); }
};

int job_count(const RenderOptions& options) {
  if (options.jobs > 0) return options.jobs;
  return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 8U));
}

/// Pulls the whole session through a player into `file`. The thread that waits for music is not the
/// one that watches for Ctrl-C, so that stopping never has to wait for a segment.
/// @return seconds of music written.
double play_into(focus::AudioFile& file, focus::Session& session, std::int32_t rate,
                 Progress& progress, std::vector<std::string>& notes) {
  focus::Player player = session.play(
      focus::PlayerOptions{}.with_mode(focus::PlayerMode::offline).with_sample_rate(rate));
  std::atomic<std::int64_t> done{0};
  std::atomic<bool> stop{false};
  std::future<void> work = std::async(std::launch::async, [&] {
    std::vector<float> samples(std::size_t{kBlock} * 2);
    std::int32_t frames = kBlock;
    while (frames == kBlock && !stop) {
      frames = player.render(samples.data(), kBlock);
      file.write(samples.data(), frames);
      done += frames;
    }
  });
  const auto seconds = [&] { return static_cast<double>(done) / rate; };
  const auto note_events = [&] {
    while (const focus::Event event = session.poll_event()) {
      if (event.type == focus::EventType::fallback) {
        notes.push_back("segment " + std::to_string(event.segment_index) + ": " + event.message);
      }
    }
  };
  while (work.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    if (interrupted() && !stop.exchange(true)) session.end();
    progress.show(seconds(), session.snapshot().info().ready_count);
    note_events();
  }
  note_events();
  if (interrupted()) {
    work.wait();
    throw Failure(interrupt_exit_code(), "interrupted; nothing was written");
  }
  work.get();
  return seconds();
}

/// Completes the file, which may wait for the disk.
void close_file(focus::AudioFile& file, Progress& progress) {
  std::future<void> work = std::async(std::launch::async, [&] { file.commit(); });
  while (work.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
    progress.show_phase("closing the file", -1.0);
  }
  work.get();
}

/// Reads what was written, from its beginning to its end. An interruption leaves the file as it is.
focus::Measurement measure_whole(const std::string& path, Progress& progress) {
  try {
    return focus::Measurement(path, [&](double share) {
      progress.show_phase("measuring what was made", share);
      return !interrupted();
    });
  } catch (const focus::Error& error) {
    if (error.code() != focus::ErrorCode::cancelled) throw;
    throw Failure(interrupt_exit_code(), "interrupted; " + path + " is complete, but not measured");
  }
}

bool keeps_score(const focus::Service& service, const std::string& key) {
  for (const focus::EngineInfo& engine : service.engines()) {
    if (engine.key == key) return engine.has_score;
  }
  return false;
}

Result make(const RenderOptions& options, const Output& output) {
  // Whatever can be refused is refused here, before any music is made.
  const focus::Request asked = request_of(options.request);
  const bool with_segments = !options.segments_folder.empty();
  std::unique_ptr<SegmentFolder> folder;
  if (with_segments) {
    if (output.is_stream) {
      throw Failure(kExitUsage,
                    "--segments: needs OUT to be a file, from which the drawing is made");
    }
    folder = std::make_unique<SegmentFolder>(options.segments_folder);
    folder->check_apart(output.path);
  }
  check_cue_sheet(options.cue_file, output, 0);
  focus::AudioFile file(output.path, options.request.rate, 2, options.bits, options.format);

  // Without segments to give away nothing needs to be kept: those that were heard are dropped.
  const int jobs = job_count(options);
  focus::Service service(
      focus::ServiceOptions{}
          .with_storage(with_segments ? focus::Storage::temporary : focus::Storage::memory)
          .with_worker_count(jobs));
  add_engine(service, options.engine, LibraryScan::awaited, options.quiet);
  focus::Request request = asked;
  request.engine = chosen_engine(request.engine, options.engine);
  if (!with_segments) request.look_ahead = jobs;
  focus::Session session = service.start(request);
  const std::vector<focus::Chapter> chapters = session.snapshot().chapters();
  check_cue_sheet(options.cue_file, output, chapters.size());
  file.describe_session(session.snapshot());

  Result result;
  Progress progress(options.request.minutes * 60.0, session.snapshot().info().total_segments,
                    options.quiet);
  result.seconds = play_into(file, session, options.request.rate, progress, result.notes);
  result.took_seconds = progress.elapsed();
  if (std::abs(result.seconds - options.request.minutes * 60.0) > 1.0) {
    throw Failure(kExitFailed, "the music ended after " + clock(result.seconds) + " of " +
                                   clock(options.request.minutes * 60.0) + "; nothing was written");
  }
  close_file(file, progress);
  result.files.push_back(output.name);
  if (!options.cue_file.empty()) {
    write_cue_sheet(options.cue_file, output, "Focus session", chapters);
    result.files.push_back(options.cue_file);
  }
  result.session = session.snapshot().info();
  result.story = story_of(session.snapshot());
  if (output.is_stream || (options.quiet && !options.json && !with_segments)) return result;

  const focus::Measurement mix = measure_whole(output.path, progress);
  result.measured = mix.info();
  if (with_segments) {
    const auto more =
        folder->write(session, keeps_score(service, result.session.engine), mix,
                      [&](double share) { progress.show_phase("writing the segments", share); });
    result.files.insert(result.files.end(), more.begin(), more.end());
  }
  return result;
}

void print_json(const Result& result, const Output& output) {
  JsonWriter json;
  json.StartObject();
  json.Key("files");
  json.StartArray();
  for (const std::string& path : result.files) json.String(utf8(path).c_str());
  json.EndArray();
  json.text("goal", name_of(result.session.goal));
  json.text("engine", result.session.engine);
  json.Key("seed");
  json.Uint64(result.session.seed);
  json.number("seconds", result.seconds);
  json.whole("segments", result.session.total_segments);
  if (!output.is_stream) {
    json.number("integrated_lufs", result.measured.integrated_lufs);
    json.number("true_peak_dbtp", result.measured.true_peak_dbtp);
  }
  json.number("speed", result.speed());
  json.EndObject();
  json.print(output.words());
}

void print_words(const RenderOptions& options, const Result& result, const Output& output) {
  for (const std::string& note : result.notes)
    std::cerr << "focus-session: " << plain(note) << '\n';
  std::ostream& out = output.words();
  out << plain(output.name) << ": " << clock(result.seconds) << " of "
      << name_of(result.session.goal);
  if (!output.is_stream) {
    out << ", " << decimal(result.measured.integrated_lufs, 1) << " LUFS, true peak "
        << decimal(result.measured.true_peak_dbtp, 1) << " dBTP";
  }
  out << "\n  " << plural(result.session.total_segments, "segment") << " by "
      << plain(result.session.engine) << ", made in " << clock(result.took_seconds) << " ("
      << decimal(result.speed(), 0) << "x real time)\n";
  if (!result.story.empty()) out << "  " << result.story << '\n';
  if (!options.segments_folder.empty()) {
    const auto scores =
        std::count_if(result.files.begin(), result.files.end(), [](const std::string& path) {
          return path.size() > 4 && path.compare(path.size() - 4, 4, ".mid") == 0;
        });
    out << "  " << plain(options.segments_folder) << ": "
        << plural(result.session.total_segments, "segment")
        << (scores > 0 ? " with " + plural(scores, "score") : "")
        << ", session.json, timeline.svg\n";
  }
  out << "  the same again: add --seed " << result.session.seed << '\n';
  if (output.is_stream) return;
  out << "  listen: ffplay -nodisp -autoexit " << shell_quoted(output.path)
      << "   (or any player)\n";
}

}  // namespace

int render(const RenderOptions& options) {
  note_interrupts();
  const Output output(options.out);
  const Result result = quiet_without_reader(output, [&] { return make(options, output); });
  if (options.json) {
    print_json(result, output);
  } else if (!options.quiet) {
    print_words(options, result, output);
  }
  return kExitOk;
}

}  // namespace cli
