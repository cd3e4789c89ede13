// SPDX-License-Identifier: MIT
// Replaces music_library.cpp in a minimal build.
#include "boundary.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

int32_t without() noexcept {
  return guarded([] {
    return fault_error(Fault::unsupported,
                       "libraries of music are not in this minimal build of the library; build it "
                       "without FOCUS_MINIMAL");
  });
}

template <typename Output>
int32_t without(Output** output) noexcept {
  if (output != nullptr) *output = nullptr;
  return without();
}

}  // namespace

int32_t focus_library_open(const char*, const focus_library_options*,
                           focus_library** library) noexcept {
  return without(library);
}
int32_t focus_library_scan(focus_library*) noexcept { return without(); }
int32_t focus_library_get_progress(const focus_library*, focus_library_progress*) noexcept {
  return without();
}
int32_t focus_library_wait(const focus_library*, int32_t) noexcept { return without(); }
int32_t focus_library_register(focus_library*, focus_service*, const char*) noexcept {
  return without();
}
int32_t focus_library_destroy(focus_library* library) noexcept {
  return library == nullptr ? FOCUS_OK : without();
}
int32_t focus_library_list_create(const focus_library*, focus_library_list** list) noexcept {
  return without(list);
}
int32_t focus_library_list_count(const focus_library_list*, int32_t*, int32_t*) noexcept {
  return without();
}
int32_t focus_library_list_get_track(const focus_library_list*, int32_t,
                                     focus_library_track*) noexcept {
  return without();
}
int32_t focus_library_list_get_skipped(const focus_library_list*, int32_t, const char**,
                                       const char**) noexcept {
  return without();
}
int32_t focus_library_list_destroy(focus_library_list* list) noexcept {
  return list == nullptr ? FOCUS_OK : without();
}
int32_t focus_library_moment_create(const focus_library*, const focus_session*, double,
                                    focus_library_moment** moment) noexcept {
  return without(moment);
}
int32_t focus_library_moment_get_info(const focus_library_moment*,
                                      focus_library_moment_info*) noexcept {
  return without();
}
int32_t focus_library_moment_destroy(focus_library_moment* moment) noexcept {
  return moment == nullptr ? FOCUS_OK : without();
}
