// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/wait.h>

#include "support/temp_folder.h"

namespace focus::test {

inline std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What a command did.
struct Outcome {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs a shell command with nothing on its input.
inline Outcome run(const std::string& command) {
  const TempFolder folder;
  const int status = std::system(
      (command + " </dev/null >" + folder / "out" + " 2>" + folder / "err").c_str());  // NOLINT
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content_of(folder / "out"),
          content_of(folder / "err")};
}

}  // namespace focus::test
