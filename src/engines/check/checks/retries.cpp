// SPDX-License-Identifier: MIT
#include <absl/strings/str_cat.h>

#include "engines/check/checks.h"

namespace focus::core::engines {

void note_retries(CheckRun& run) {
  const int retries = run.retries();
  if (retries == 0) return;
  run.tell(Verdict::note, absl::StrCat(retries, retries == 1 ? " call" : " calls",
                                       " failed and had to be made again; the log says why of "
                                       "each"));
}

}  // namespace focus::core::engines
