// SPDX-License-Identifier: MIT
// A mix in which one of three files is anything: it is joined to what is told beforehand, or
// refused by its path.
#include <cmath>
#include <cstring>

#include "drill/fuzz/target.h"

using namespace focus::fuzz;  // NOLINT: a program of one function

namespace {

/// Two seconds of a tone as WAV of 16 bit, mono, 8 kHz.
std::string tone(double hertz) {
  constexpr int kRate = 8000;
  constexpr std::uint32_t kBytes = 2 * 2 * kRate;
  std::string bytes = "RIFF....WAVEfmt ....................data....";
  const auto put = [&](std::size_t at, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i)
      bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
  };
  put(4, 36 + kBytes, 4);
  put(16, 16, 4);
  put(20, 1, 2);
  put(22, 1, 2);
  put(24, kRate, 4);
  put(28, 2 * kRate, 4);
  put(32, 2, 2);
  put(34, 16, 2);
  put(40, kBytes, 4);
  for (int i = 0; i < 2 * kRate; ++i) {
    const auto sample =
        static_cast<std::int16_t>(9000.0 * std::sin(6.283185307 * hertz * i / kRate));
    bytes += static_cast<char>(sample & 0xFF);
    bytes += static_cast<char>((sample >> 8) & 0xFF);
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string before = file_of(tone(220.0), "before.wav");
  static const std::string after = file_of(tone(330.0), "after.wav");
  const std::string any = file_of({reinterpret_cast<const char*>(data), size}, "any.audio");
  const char* paths[] = {before.c_str(), any.c_str(), after.c_str()};
  focus_mix_options options = FOCUS_MIX_OPTIONS_INIT;
  options.sample_rate = 8000;
  focus_mix* mix = nullptr;
  std::int32_t code = focus_mix_create(paths, 3, &options, &mix);
  check_code(code);
  if (code != FOCUS_OK) return 0;
  const std::string out = file_of({}, "out.wav");
  code = focus_mix_write(mix, out.c_str());
  check_code(code);
  focus_mix_destroy(mix);
  return 0;
}
