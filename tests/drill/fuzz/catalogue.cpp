// SPDX-License-Identifier: MIT
// The catalogue of a folder that something else has written to: the folder opens and lists what it
// has, or it is refused as damaged.
#include <filesystem>

#include "drill/fuzz/target.h"

using namespace focus::fuzz;  // NOLINT: a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path folder =
      std::filesystem::path(file_of({}, "marker")).parent_path() / "store";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  const std::string written = file_of({reinterpret_cast<const char*>(data), size}, "bytes");
  std::filesystem::rename(written, folder / "catalogue.sqlite");

  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  options.storage = FOCUS_STORAGE_FOLDER;
  const std::string path = folder.string();
  options.data_folder = path.c_str();
  options.worker_count = 1;
  focus_service* opened = nullptr;
  const std::int32_t code = focus_service_open(&options, &opened);
  check_code(code);
  if (code != FOCUS_OK) return 0;
  focus_session_list* sessions = nullptr;
  if (focus_session_list_create(opened, &sessions) == FOCUS_OK) {
    std::int32_t count = 0;
    must(focus_session_list_count(sessions, &count) == FOCUS_OK && count >= 0, "a list is counted");
    focus_session_list_destroy(sessions);
  }
  focus_track_list* tracks = nullptr;
  if (focus_track_list_create(opened, &tracks) == FOCUS_OK) focus_track_list_destroy(tracks);
  check_code(focus_service_destroy(opened));
  return 0;
}
