// SPDX-License-Identifier: MIT
// Plug-ins that the test of plug-ins meets: one of its own build, and those that must be refused.
#include <string>

#include "base/plug_in.h"

#ifndef ODD_VERSION
#define ODD_VERSION focus::core::library_version()
#endif
#ifndef ODD_BUILD
#define ODD_BUILD focus::core::build_identity()
#endif

namespace {

int seven() { return 7; }

}  // namespace

extern "C" __attribute__((visibility("default"))) const focus::core::PlugInDescription*
focus_test_plug_in() {
  static const std::string version = ODD_VERSION;
  static const std::string build = ODD_BUILD;
  static const focus::core::PlugInDescription description = {sizeof(focus::core::PlugInDescription),
                                                             version.c_str(), build.c_str(),
                                                             reinterpret_cast<void*>(&seven)};
  return &description;
}
