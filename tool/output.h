// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>

namespace cli {

/// What OUT stands for.
struct Output {
  /// @param out as it was said; "-" is standard output.
  explicit Output(const std::string& out);

  /// Where the summary goes: standard output, unless the audio goes there.
  std::ostream& words() const;

  std::string path;  ///< for the library
  std::string name;  ///< for people
  bool is_standard = false;
  /// A pipe, a device or standard output: what was written can not be read again.
  bool is_stream = false;
};

/// A copy of all that comes on standard input, which can be read more than once. It goes when this
/// goes.
class InputCopy {
 public:
  InputCopy();
  ~InputCopy();
  InputCopy(const InputCopy&) = delete;
  InputCopy& operator=(const InputCopy&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace cli
