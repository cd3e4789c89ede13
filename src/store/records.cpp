// SPDX-License-Identifier: MIT
#include "store/records.h"

#include <absl/strings/str_format.h>

namespace focus::core {

std::string segment_file_name(int index, AudioFormat format) {
  return absl::StrFormat("%03d.%s", index, std::string(ending_of(format)));
}

}  // namespace focus::core
