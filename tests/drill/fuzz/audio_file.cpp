// SPDX-License-Identifier: MIT
// A file that claims to be audio: it is measured, or refused by its path.
#include "drill/fuzz/target.h"

using namespace focus::fuzz;  // NOLINT: a program of one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string path = file_of({reinterpret_cast<const char*>(data), size}, "any.audio");
  focus_measurement* measurement = nullptr;
  const std::int32_t code = focus_measurement_create(path.c_str(), &measurement);
  check_code(code);
  if (code != FOCUS_OK) return 0;
  focus_measurement_info info = FOCUS_MEASUREMENT_INFO_INIT;
  must(focus_measurement_get_info(measurement, &info) == FOCUS_OK, "a measurement is told");
  must(info.duration_seconds >= 0.0 && info.sample_rate > 0,
       "what was measured has a length and a rate");
  focus_measurement_destroy(measurement);
  return 0;
}
