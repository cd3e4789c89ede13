// SPDX-License-Identifier: MIT
//
// A host in C++: the header compiles and links there too, and a service opens and closes.
#include <cstdio>
#include <memory>

#include <focus_session/focus_session.h>

struct Destroy {
  void operator()(focus_service* service) const { focus_service_destroy(service); }
};

int main() {
  focus_service* opened = nullptr;
  if (focus_service_open(nullptr, &opened) != FOCUS_OK) return 1;
  const std::unique_ptr<focus_service, Destroy> service(opened);
  std::printf("version %d\n", static_cast<int>(focus_version_number()));
  return focus_version_number() == FOCUS_VERSION_NUMBER ? 0 : 1;
}
