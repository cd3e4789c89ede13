// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <vector>

#include <absl/strings/str_cat.h>

#include "base/text.h"
#include "engines/check/checks.h"

namespace focus::core::engines {
namespace {

double correlation(const std::vector<float>& a, const std::vector<float>& b) {
  double product = 0.0, power_a = 0.0, power_b = 0.0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    product += static_cast<double>(a[i]) * b[i];
    power_a += static_cast<double>(a[i]) * a[i];
    power_b += static_cast<double>(b[i]) * b[i];
  }
  const double power = std::sqrt(power_a * power_b);
  return power > 0.0 ? product / power : 0.0;
}

}  // namespace

void note_overlap(CheckRun& run) {
  const plan::Request request = usual_request();  // its divergence is 0
  const plan::Brief first = run.brief(request, 0), second = run.brief(request, 1);
  const Heard old_end =
      hear(run.engine(), first, {}, {first.frames - first.overlap_out, first.overlap_out});
  const Heard new_start = hear(run.engine(), second, {}, {0, second.overlap_in});
  const double alike = correlation(old_end.kept, new_start.kept);
  run.tell(Verdict::note,
           absl::StrCat("where they overlap their correlation is ", decimals(alike, 2), ": ",
                        alike > 0.7 ? "they play the same there"
                                    : "they are crossfaded as different music"));
}

}  // namespace focus::core::engines
