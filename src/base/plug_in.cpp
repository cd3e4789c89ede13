// SPDX-License-Identifier: MIT
#include "base/plug_in.h"

#include <dlfcn.h>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <absl/strings/str_cat.h>

#include "base/build_identity.h"
#include "base/error.h"
#include <focus_session/version.h>

namespace focus::core {
namespace {

namespace fs = std::filesystem;

/// The plug-in beside the file that this code is in; "" where there is none.
std::string beside_us(const std::string& file) {
  Dl_info own{};
  if (::dladdr(reinterpret_cast<const void*>(&build_identity), &own) == 0) return {};
  if (own.dli_fname == nullptr) return {};
  std::error_code failed;
  const fs::path here = fs::canonical(own.dli_fname, failed);
  if (failed) return {};
  const fs::path found = here.parent_path() / file;
  return fs::exists(found, failed) ? found.string() : std::string();
}

absl::Status can_not_be_used(const PlugInName& name, const std::string& why) {
  return fault_error(Fault::unsupported, absl::StrCat("this needs ", name.file, ", which ", why));
}

}  // namespace

std::string library_version() {
  return absl::StrCat(FOCUS_VERSION_MAJOR, ".", FOCUS_VERSION_MINOR, ".", FOCUS_VERSION_PATCH);
}

const char* build_identity() { return FOCUS_BUILD_IDENTITY; }

absl::StatusOr<void*> load_plug_in(const PlugInName& name) {
  const std::string beside = beside_us(name.file);
  const std::string& wanted = beside.empty() ? name.file : beside;
  void* const library = ::dlopen(wanted.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (library == nullptr) {
    const char* const message = ::dlerror();
    const std::string why = message != nullptr ? message : "no reason is known";
    // The loader says the same of a library that is missing and of one that it needs.
    const bool is_missing =
        beside.empty() && why.rfind(name.file + ": cannot open shared object file", 0) == 0;
    if (is_missing) {
      return can_not_be_used(
          name, absl::StrCat("is not installed; on Debian install the package ", name.package));
    }
    return can_not_be_used(
        name, absl::StrCat("can not be loaded (", why, "); on Debian install the package ",
                           name.package, " again"));
  }
  const auto describe = reinterpret_cast<DescribePlugIn>(::dlsym(library, name.function.c_str()));
  const PlugInDescription* const found = describe != nullptr ? describe() : nullptr;
  if (found == nullptr || found->size < sizeof(PlugInDescription)) {
    return can_not_be_used(name, "is something else than what it is named after");
  }
  const std::string version = library_version();
  if (found->version != version) {
    return can_not_be_used(
        name, absl::StrCat("is of version ", found->version, ", while the library is of version ",
                           version, "; install the packages ", name.package,
                           " and libfocus-session0 in one version"));
  }
  if (std::string_view(found->build) != build_identity()) {
    return can_not_be_used(
        name, absl::StrCat("is of another build than the library; install the package ",
                           name.package, " and the library from one build"));
  }
  return found->entry;
}

}  // namespace focus::core
