// SPDX-License-Identifier: MIT
#include "base/partial_name.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <vector>

#if !defined(_WIN32)
#include <csignal>
#include <sys/file.h>
#endif

#include <absl/strings/str_cat.h>

namespace focus::core {
namespace {

namespace fs = std::filesystem;

constexpr char kPartialMark[] = ".partial";
constexpr std::size_t kUsualNameBytes = 255;
constexpr std::size_t kNumberBytes = 2 + 2 * 10;  // of "-PID-COUNT"
constexpr std::size_t kMostEndingBytes = 32;

std::size_t longest_name_in(const fs::path& folder) {
#if !defined(_WIN32)
  const long most = ::pathconf(folder.empty() ? "." : folder.c_str(), _PC_NAME_MAX);
  if (most > 0) return static_cast<std::size_t>(most);
#endif
  return kUsualNameBytes;
}

/// What all partial names of a target have in common.
struct PartialName {
  explicit PartialName(const fs::path& target) {
    ending = target.extension().string();
    if (ending.size() > kMostEndingBytes) ending.clear();
    std::string stem = target.stem().string();
    const std::size_t other = 1 + sizeof kPartialMark - 1 + kNumberBytes + ending.size();
    const std::size_t longest = longest_name_in(target.parent_path());
    std::size_t most = longest > other ? longest - other : 0;
    if (stem.size() > most) {
      // Some file systems refuse names that are not UTF-8: no character is cut through.
      while (most > 0 && (static_cast<unsigned char>(stem[most]) & 0xC0U) == 0x80U) --most;
      stem.resize(most);
    }
    beginning = absl::StrCat(".", stem, kPartialMark, "-");
  }

  std::string beginning;
  std::string ending;
};

#if !defined(_WIN32)

/// The process of a partial name "BEGINNING-PID-COUNT.ENDING"; -1 for another name.
std::int64_t process_of(const std::string& name, const PartialName& partial) {
  if (name.size() <= partial.beginning.size() + partial.ending.size() ||
      !name.starts_with(partial.beginning) || !name.ends_with(partial.ending)) {
    return -1;
  }
  std::string_view numbers(name);
  numbers.remove_prefix(partial.beginning.size());
  numbers.remove_suffix(partial.ending.size());
  std::int64_t process = -1;
  std::uint64_t count = 0;
  const char* const end = numbers.data() + numbers.size();
  const auto first = std::from_chars(numbers.data(), end, process);
  if (first.ec != std::errc() || process <= 0 || first.ptr == end || *first.ptr != '-') return -1;
  const auto second = std::from_chars(first.ptr + 1, end, count);
  return second.ec == std::errc() && second.ptr == end ? process : -1;
}

bool is_running(std::int64_t process) {
  return ::kill(static_cast<pid_t>(process), 0) == 0 || errno != ESRCH;
}

/// Removes the file unless it is locked, hence still being written.
bool remove_abandoned(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return false;
  struct stat status;
  const bool abandoned = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
                         ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::unlink(path.c_str()) == 0;
  ::close(descriptor);
  return abandoned;
}

#endif

}  // namespace

std::string new_partial_path(const std::string& target) {
  static std::atomic<std::uint32_t> counter{0};
  const fs::path path(target);
  const PartialName partial(path);
  return (path.parent_path() /
          absl::StrCat(partial.beginning, ::getpid(), "-", counter++, partial.ending))
      .string();
}

bool is_partial_name(const std::string& name) {
  return name.starts_with(".") && name.find(kPartialMark) != std::string::npos;
}

int sweep_partials(const std::string& target) {
  int removed = 0;
#if !defined(_WIN32)
  const fs::path path(target);
  const PartialName partial(path);
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::vector<fs::path> abandoned;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::int64_t process = process_of(entry->path().filename().string(), partial);
    // A process has the number of one that was killed, in a container for instance: the lock tells.
    if (process > 0 && (process == ::getpid() || !is_running(process))) {
      abandoned.push_back(entry->path());
    }
  }
  for (const fs::path& each : abandoned) removed += remove_abandoned(each) ? 1 : 0;
#else
  static_cast<void>(target);
#endif
  return removed;
}

}  // namespace focus::core
