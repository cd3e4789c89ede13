// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

#include <absl/status/statusor.h>

namespace focus::core {

/// What a plug-in of ours tells of itself. It is a library of its own for what not every host
/// needs, built with the library of the same sources: it has copies of the rooms it uses, and C++
/// objects go to and fro. So it is used only where both are of one build (see build_identity).
///
/// Two copies of `base` are in one process then. What they keep apart:
/// - The lock ranks of a thread (lock_rank.h). Each copy checks the order of its own mutexes, and
///   sees each of them locked and unlocked, since only the code that owns a mutex locks it.
/// - Clocks and entropy: each copy asks the same system.
/// - The counter of forks: the library checks it before it calls anything.
/// - The pin of the library: a plug-in is never unloaded, see load_plug_in().
/// - A Log, and every other object, carries all that it needs with it.
/// Nothing else in the rooms that a plug-in uses is kept for the process as a whole, but the mutex
/// that guards ebur128_init (mastering): a plug-in measures no loudness by libebur128.
struct PlugInDescription {
  std::uint32_t size = sizeof(PlugInDescription);
  const char* version = "";
  const char* build = "";
  /// What it is for. The caller of load_plug_in() knows its type.
  void* entry = nullptr;
};
/// The one function that a plug-in exports.
using DescribePlugIn = const PlugInDescription* (*)();

/// Where a plug-in is found, and what a person does who lacks it.
struct PlugInName {
  std::string file;      ///< "libfocus_session_cluster.so.0"
  std::string function;  ///< that it exports
  std::string package;   ///< of Debian, that has it
};

/// The library's version, "0.1.0".
std::string library_version();
/// A text that differs between builds whose C++ objects may not be mixed: of other sources of the
/// rooms that plug-ins use, another compiler, or other options.
const char* build_identity();

/// Loads a plug-in for as long as the process lives, also where the library itself is unloaded: its
/// code may be needed by objects that outlive a call. Looks for it in the folder of the file that
/// this code is in (the library, or a program that is linked with it statically), and then where
/// the system's loader looks. Fault::unsupported where it is not installed or of another build; the
/// message names the remedy.
absl::StatusOr<void*> load_plug_in(const PlugInName& name);

}  // namespace focus::core
