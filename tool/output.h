// SPDX-License-Identifier: MIT
#pragma once

#include <iosfwd>
#include <string>

#include "failure.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// What OUT stands for.
struct Output {
  /// @param out as it was said; "-" is standard output.
  explicit Output(const std::string& out);

  /// Where the summary goes: standard output, unless the audio goes there.
  std::ostream& words() const;

  /// Whether nobody reads standard output any more, where the audio goes there.
  bool reader_has_gone() const;

  std::string path;  ///< for the library
  std::string name;  ///< for people
  bool is_standard = false;
  /// A pipe, a device or standard output: what was written can not be read again.
  bool is_stream = false;
};

/// Calls `make`, which writes the output. Where that fails because nobody reads standard output any
/// more, the program ends without a word, as others do: the reader has what it wanted.
template <typename Make>
auto quiet_without_reader(const Output& output, const Make& make) {
  try {
    return make();
  } catch (const focus::Error&) {
    if (output.reader_has_gone()) throw Failure(kExitBrokenPipe, "");
    throw;
  }
}

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
