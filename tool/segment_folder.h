// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <focus_session/focus_session.hpp>

namespace cli {

/// The folder of --segments: what a session is made of, beside the one file that plays it.
class SegmentFolder {
 public:
  /// Makes the folder and sees that it can be written to, before any music is made for it.
  explicit SegmentFolder(const std::string& path);
  /// Takes the folder away again when it was made here and nothing has come into it.
  ~SegmentFolder();
  SegmentFolder(const SegmentFolder&) = delete;
  SegmentFolder& operator=(const SegmentFolder&) = delete;

  /// Refuses an OUT in the folder whose name one of the segments may have.
  void check_apart(const std::string& out) const;

  /// Writes 000.flac, 000.mid (where the engine keeps a score), ..., session.json and timeline.svg.
  /// What was not there before is taken back when that fails or is interrupted.
  /// @param mix the measurement of the file that plays the whole session.
  /// @param progress receives how far it is, 0 to 1.
  /// @return the paths of what was written.
  std::vector<std::string> write(focus::Session& session, bool has_score,
                                 const focus::Measurement& mix,
                                 const std::function<void(double)>& progress);

 private:
  void write_all(focus::Session& session, bool has_score, const focus::Measurement& mix,
                 const std::function<void(double)>& progress);
  std::string claim(const std::string& name);
  void write_text(const std::string& name, const std::string& text);

  std::filesystem::path path_;
  bool made_here_ = false;
  std::vector<std::string> written_;
  std::vector<std::string> taken_back_;  // if it fails: those of them that were not there before
};

}  // namespace cli
