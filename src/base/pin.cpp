// SPDX-License-Identifier: MIT
#include "base/pin.h"

#include <dlfcn.h>

namespace focus::core {

void pin_library() {
  Dl_info own{};
  if (::dladdr(reinterpret_cast<const void*>(&pin_library), &own) == 0) return;
  // The handle is not kept: RTLD_NODELETE makes closing it meaningless.
  ::dlopen(own.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
}

}  // namespace focus::core
