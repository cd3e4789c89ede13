// SPDX-License-Identifier: MIT
#include "segment_folder.h"

#include <cstddef>
#include <fstream>
#include <system_error>
#include <utility>

#include "failure.h"
#include "interrupt.h"
#include "timeline.h"

namespace cli {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw Failure(kExitFailed, "--segments: the folder " + path + " can not be written to: " + why +
                                 "; choose another");
}

std::string file_name(std::int32_t index, const char* ending) {
  std::string number = std::to_string(index);
  if (number.size() < 3) number.insert(0, 3 - number.size(), '0');
  return number + ending;
}

}  // namespace

SegmentFolder::SegmentFolder(const std::string& path)
    : path_(std::filesystem::path(path).lexically_normal()) {
  if (path_.has_parent_path() && !path_.has_filename()) path_ = path_.parent_path();  // "hour/"
  std::error_code error;
  made_here_ = std::filesystem::create_directories(path_, error);
  if (error) refuse(path, error.message());
  if (!std::filesystem::is_directory(path_, error)) refuse(path, "it is not a folder");
  try {
    // A file that is begun and never committed leaves nothing behind.
    const focus::AudioFile trial((path_ / "trial.wav").string(), 48000);
  } catch (const focus::Error& failed) {
    refuse(path, failed.what());
  }
}

SegmentFolder::~SegmentFolder() {
  std::error_code ignored;  // a folder that is not empty stays
  if (made_here_) std::filesystem::remove(path_, ignored);
}

void SegmentFolder::check_apart(const std::string& out) const {
  namespace fs = std::filesystem;
  std::error_code ignored;
  // OUT may be a link that leads into the folder.
  const fs::path file = fs::weakly_canonical(out, ignored);
  if (file.parent_path() != fs::weakly_canonical(path_, ignored)) return;
  const std::string stem = file.stem().string();
  const bool number = stem.size() >= 3 && stem.find_first_not_of("0123456789") == stem.npos;
  if (!number || file.extension() != ".flac") return;
  throw Failure(kExitUsage,
                "OUT: " + out +
                    " could be the name of a segment in the folder of --segments; choose "
                    "another name");
}

std::vector<std::string> SegmentFolder::write(focus::Session& session, bool has_score,
                                              const focus::Measurement& mix,
                                              const std::function<void(double)>& progress) {
  try {
    write_all(session, has_score, mix, progress);
  } catch (...) {
    std::error_code ignored;
    for (const std::string& path : taken_back_) std::filesystem::remove(path, ignored);
    throw;
  }
  return std::move(written_);
}

void SegmentFolder::write_all(focus::Session& session, bool has_score,
                              const focus::Measurement& mix,
                              const std::function<void(double)>& progress) {
  focus::Snapshot snapshot = session.snapshot();
  const std::int32_t count = snapshot.info().total_segments;
  for (std::int32_t index = 0; index < count; ++index) {
    if (interrupted()) {
      throw Failure(interrupt_exit_code(), "interrupted; the folder of --segments was taken back");
    }
    progress(static_cast<double>(index) / count);
    session.write_segment(index, claim(file_name(index, ".flac")));
    if (has_score) session.write_score(index, claim(file_name(index, ".mid")));
  }
  const std::string told = snapshot.json(focus::JsonOptions{}.with_analysis().with_base_url(""));
  write_text("session.json", told);
  write_text("timeline.svg", draw_timeline({snapshot.info(), snapshot.segments(), mix.info(),
                                            mix.short_term(), form_of(told)}));
}

std::string SegmentFolder::claim(const std::string& name) {
  const std::string path = (path_ / name).string();
  std::error_code ignored;
  // What was there before is replaced, and never taken away.
  if (!std::filesystem::exists(path, ignored)) taken_back_.push_back(path);
  written_.push_back(path);
  return path;
}

void SegmentFolder::write_text(const std::string& name, const std::string& text) {
  const std::string path = claim(name);
  const std::string partial = (path_ / ("." + name + ".partial")).string();
  std::ofstream file(partial, std::ios::binary);
  file << text << (text.empty() || text.back() != '\n' ? "\n" : "") << std::flush;
  file.close();
  std::error_code failed;
  if (file) std::filesystem::rename(partial, path, failed);
  if (file && !failed) return;
  std::filesystem::remove(partial, failed);
  throw Failure(kExitFailed, path + " could not be written; is the disk full?");
}

}  // namespace cli
