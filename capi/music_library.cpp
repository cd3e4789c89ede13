// SPDX-License-Identifier: MIT
#include "engines/library/music_library.h"

#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_library : HandleBase {
  explicit focus_library(std::shared_ptr<engines::MusicLibrary> opened)
      : library(std::move(opened)) {}

  std::shared_ptr<engines::MusicLibrary> library;
};

struct focus_library_list : HandleBase {
  struct Names {
    std::string title;
    std::string key;
  };
  engines::LibraryListing listing;
  std::vector<Names> names;
};

struct focus_library_moment : HandleBase {
  engines::HeardTrack heard;
  std::string title;
};

namespace {

constexpr int32_t kMostWorkers = 64;

template <typename List>
absl::Status check_index(const List& list, int32_t index, const char* what) {
  if (index >= 0 && static_cast<std::size_t>(index) < list.size()) return absl::OkStatus();
  return not_found("index", absl::StrCat("no ", what, " ", index, "; there are ", list.size()));
}

int32_t clipped(std::size_t count) {
  return static_cast<int32_t>(std::min<std::size_t>(count, std::numeric_limits<int32_t>::max()));
}

}  // namespace

int32_t focus_library_open(const char* folder, const focus_library_options* options,
                           focus_library** library) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(library, "library"));
    if (folder == nullptr) return null_argument("folder");
    FOCUS_ASSIGN_OR_RETURN(const focus_library_options given,
                           read_struct(options, FOCUS_LIBRARY_OPTIONS_INIT, "options"));
    if (given.worker_count < 0 || given.worker_count > kMostWorkers) {
      return invalid_field("worker_count", absl::StrCat("must be 0 to ", kMostWorkers, ", not ",
                                                        given.worker_count));
    }
    FOCUS_ASSIGN_OR_RETURN(
        auto opened,
        engines::open_music_library({folder, text_or_empty(given.catalogue), given.worker_count}));
    *library = new focus_library(std::move(opened));
    return absl::OkStatus();
  });
}

int32_t focus_library_scan(focus_library* library) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(library, "library"));
    return library->library->scan();
  });
}

int32_t focus_library_get_progress(const focus_library* library,
                                   focus_library_progress* progress) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(library, "library"));
    const engines::LibraryProgress now = library->library->progress();
    focus_library_progress value = FOCUS_LIBRARY_PROGRESS_INIT;
    value.scanning = now.is_scanning ? 1 : 0;
    value.file_count = now.found;
    value.done_count = now.done;
    value.track_count = now.tracks;
    value.skipped_count = now.skipped;
    value.analysed_seconds = now.analysed_seconds;
    return write_struct(progress, value, "progress");
  });
}

int32_t focus_library_wait(const focus_library* library, int32_t timeout_ms) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(library, "library"));
    if (timeout_ms < 0) return invalid_field("timeout_ms", "must not be negative");
    FOCUS_RETURN_IF_ERROR(library->library->wait(std::chrono::milliseconds(timeout_ms)));
    const std::string trouble = library->library->progress().trouble;
    if (trouble.empty()) return absl::OkStatus();
    return fault_error(Fault::io, absl::StrCat("the library could not be scanned: ", trouble));
  });
}

int32_t focus_library_register(focus_library* library, focus_service* service,
                               const char* engine_key) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(library, "library"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    const std::string key = engine_key != nullptr ? engine_key : "library";
    FOCUS_ASSIGN_OR_RETURN(auto engine, library->library->make_engine(key));
    return with_field(service->service->engines().add(std::move(engine)), "engine_key");
  });
}

int32_t focus_library_destroy(focus_library* library) noexcept { return destroy(library); }

int32_t focus_library_list_create(const focus_library* library,
                                  focus_library_list** list) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(list, "list"));
    FOCUS_RETURN_IF_ERROR(check_handle(library, "library"));
    auto made = std::make_unique<focus_library_list>();
    FOCUS_ASSIGN_OR_RETURN(made->listing, library->library->list());
    for (const engines::Track& track : made->listing.tracks) {
      made->names.push_back({track.name(), describe(track.figures.key)});
    }
    *list = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_library_list_count(const focus_library_list* list, int32_t* track_count,
                                 int32_t* skipped_count) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    if (track_count == nullptr) return null_argument("track_count");
    *track_count = clipped(list->listing.tracks.size());
    if (skipped_count != nullptr) *skipped_count = clipped(list->listing.skipped.size());
    return absl::OkStatus();
  });
}

int32_t focus_library_list_get_track(const focus_library_list* list, int32_t index,
                                     focus_library_track* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    FOCUS_RETURN_IF_ERROR(check_index(list->listing.tracks, index, "track"));
    const auto number = static_cast<std::size_t>(index);
    const engines::Track& track = list->listing.tracks[number];
    const engines::TrackFigures& figures = track.figures;
    focus_library_track value = FOCUS_LIBRARY_TRACK_INIT;
    value.sample_rate = figures.sample_rate;
    value.channel_count = figures.channel_count;
    value.path = track.path.c_str();
    value.title = list->names[number].title.c_str();
    value.artist = track.tags.artist.c_str();
    value.album = track.tags.album.c_str();
    value.genre = track.tags.genre.c_str();
    value.key = list->names[number].key.c_str();
    value.duration_seconds = figures.seconds();
    value.integrated_lufs = figures.integrated_lufs;
    value.range_lu = figures.range_lu;
    value.true_peak_dbtp = figures.true_peak_dbtp;
    value.told_lufs = track.tags.told_lufs.value_or(0.0);
    value.bpm = figures.bpm;
    value.energy = figures.energy;
    value.brightness_hz = figures.brightness_hz;
    value.sound_start_seconds = 0.01 * static_cast<double>(figures.sound_in);
    value.sound_end_seconds = 0.01 * static_cast<double>(figures.sound_out);
    return write_struct(info, value, "track");
  });
}

int32_t focus_library_list_get_skipped(const focus_library_list* list, int32_t index,
                                       const char** path, const char** reason) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(path, "path"));
    FOCUS_RETURN_IF_ERROR(clear_output(reason, "reason"));
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    FOCUS_RETURN_IF_ERROR(check_index(list->listing.skipped, index, "skipped file"));
    const engines::SkippedFile& file = list->listing.skipped[static_cast<std::size_t>(index)];
    *path = file.path.c_str();
    *reason = file.reason.c_str();
    return absl::OkStatus();
  });
}

int32_t focus_library_list_destroy(focus_library_list* list) noexcept { return destroy(list); }

int32_t focus_library_moment_create(const focus_library* library, const focus_session* session,
                                    double seconds, focus_library_moment** moment) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(moment, "moment"));
    FOCUS_RETURN_IF_ERROR(check_handle(library, "library"));
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    if (!(seconds >= 0.0 && seconds <= 1e7)) {
      return invalid_field("seconds", "must be within the session, from 0 on");
    }
    auto made = std::make_unique<focus_library_moment>();
    FOCUS_ASSIGN_OR_RETURN(made->heard, library->library->heard(session->use->id(), seconds));
    made->title = made->heard.track.name();
    *moment = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_library_moment_get_info(const focus_library_moment* moment,
                                      focus_library_moment_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(moment, "moment"));
    const engines::HeardTrack& heard = moment->heard;
    focus_library_moment_info value = FOCUS_LIBRARY_MOMENT_INFO_INIT;
    value.path = heard.track.path.c_str();
    value.title = moment->title.c_str();
    value.artist = heard.track.tags.artist.c_str();
    value.why = heard.why.c_str();
    value.start_seconds = heard.start_seconds;
    value.end_seconds = heard.end_seconds;
    value.from_seconds = heard.from_seconds;
    return write_struct(info, value, "info");
  });
}

int32_t focus_library_moment_destroy(focus_library_moment* moment) noexcept {
  return destroy(moment);
}
