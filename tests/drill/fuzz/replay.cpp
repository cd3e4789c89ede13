// SPDX-License-Identifier: MIT
// Runs a fuzz target without libFuzzer:
//
//     TARGET [--seconds N] [--seed S] CORPUS...
//
// runs each file of the corpora, then mutations of them for N seconds of wall time (0: none). The
// same seed gives the same mutations. The input that is running is kept in ./crash-TARGET until it
// is done.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/random.h"
#include "drill/fuzz/target.h"

namespace {

/// In [0, limit); limit must be at least 1.
std::size_t below(focus::core::Random& random, std::size_t limit) { return random.bits() % limit; }

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void mutate(std::string& bytes, const std::vector<std::string>& others,
            focus::core::Random& random) {
  const std::size_t at = below(random, bytes.size() + 1);
  switch (below(random, 6)) {
    case 0:
      if (at < bytes.size()) bytes[at] = static_cast<char>(below(random, 256));
      break;
    case 1:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(random, 8)));
      break;
    case 2:
      bytes.insert(at, 1, static_cast<char>(below(random, 256)));
      break;
    case 3:
      bytes.erase(at, 1 + below(random, 16));
      break;
    case 4: {  // a part of another input
      const std::string& other = others[below(random, others.size())];
      const std::size_t begin = below(random, other.size() + 1);
      bytes.insert(at, other, begin, below(random, 64));
      break;
    }
    default:  // a number at the edge of its type
      for (std::size_t i = at; i < std::min(at + 4, bytes.size()); ++i) {
        bytes[i] = below(random, 2) == 0 ? '\0' : '\xFF';
      }
  }
}

void run(const std::string& bytes, const std::filesystem::path& kept) {
  std::ofstream(kept, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  double seconds = 0.0;
  std::uint64_t seed = 1;
  std::vector<std::string> inputs;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--seconds" && i + 1 < argc) {
      seconds = std::strtod(argv[++i], nullptr);
    } else if (argument == "--seed" && i + 1 < argc) {
      seed = std::strtoull(argv[++i], nullptr, 10);
    } else {
      std::vector<std::filesystem::path> paths;
      for (const auto& entry : std::filesystem::directory_iterator(argument))
        paths.push_back(entry.path());
      std::sort(paths.begin(), paths.end());
      for (const auto& path : paths) inputs.push_back(read(path));
    }
  }
  if (inputs.empty()) {
    std::fprintf(stderr, "usage: %s [--seconds N] [--seed S] CORPUS...\n", argv[0]);
    return 2;
  }
  const std::filesystem::path kept = "crash-" + std::filesystem::path(argv[0]).filename().string();
  for (const std::string& input : inputs) run(input, kept);
  focus::core::Random random(seed);
  std::int64_t mutations = 0;
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  while (std::chrono::steady_clock::now() < end) {
    std::string input = inputs[below(random, inputs.size())];
    for (std::size_t changes = 1 + below(random, 8); changes > 0; --changes)
      mutate(input, inputs, random);
    run(input, kept);
    ++mutations;
  }
  std::filesystem::remove(kept);
  std::printf("%zu inputs, %lld mutations with seed %llu\n", inputs.size(),
              static_cast<long long>(mutations), static_cast<unsigned long long>(seed));
  return 0;
}
