// SPDX-License-Identifier: MIT
#include <chrono>
#include <exception>

#include <absl/strings/str_cat.h>

#include "engines/host/host_engine.h"
#include "handles.h"
#include "host_brief.h"
#include "host_description.h"
#include "sink.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

/// Makes a HostGenerator of a host's function table.
class CallbackGenerator final : public engines::HostGenerator {
 public:
  CallbackGenerator(const focus_engine_vtable& vtable, void* user_data)
      : vtable_(vtable), user_data_(user_data) {}
  ~CallbackGenerator() override {
    if (vtable_.release == nullptr) return;
    try {
      vtable_.release(user_data_);
    } catch (...) {  // nobody is left to report it to
    }
  }
  absl::Status generate(const plan::Brief& brief, int attempt, engines::HostSink& sink) override {
    const HostBrief told(brief, attempt);
    focus_sink handle(sink);
    return status_of(vtable_.generate(user_data_, told.get(), &handle), "generate");
  }
  /// Prevents `release`: the registration failed, so the host keeps its user_data.
  void forget() { vtable_.release = nullptr; }

 private:
  focus_engine_vtable vtable_;
  void* const user_data_;
};

absl::StatusOr<focus_engine_vtable> read_vtable(const focus_engine_vtable* vtable) {
  if (vtable == nullptr) return null_argument("vtable");
  FOCUS_ASSIGN_OR_RETURN(const focus_engine_vtable given,
                         read_struct(vtable, FOCUS_ENGINE_VTABLE_INIT, "vtable"));
  if (given.describe == nullptr) return null_argument("describe");
  if (given.generate == nullptr) return null_argument("generate");
  return given;
}

/// Lets the host fill in its description. The struct has more room than this library needs: a host
/// that was built with a newer header writes the whole of its own, larger struct.
absl::StatusOr<HostDescription> ask(const focus_engine_vtable& vtable, void* user_data) {
  union {
    unsigned char room[4096];
    focus_engine_description description;
  } asked{};
  asked.description = FOCUS_ENGINE_DESCRIPTION_INIT;
  absl::Status described;
  try {
    described = status_of(vtable.describe(user_data, &asked.description), "describe");
  } catch (const std::exception& error) {
    described = engine_error(absl::StrCat("describe failed: ", error.what()));
  } catch (...) {
    described = engine_error("describe failed: it threw something unknown");
  }
  if (!described.ok()) return engine_error(std::string(described.message()));
  return read_description(&asked.description);
}

}  // namespace

int32_t focus_engine_register(focus_service* service, const focus_engine_vtable* vtable,
                              void* user_data) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(const focus_engine_vtable given, read_vtable(vtable));
    FOCUS_ASSIGN_OR_RETURN(HostDescription described, ask(given, user_data));
    auto owned = std::make_unique<CallbackGenerator>(given, user_data);
    CallbackGenerator& generator = *owned;
    session::Service& home = *service->service;
    const auto engine = std::make_shared<engines::HostEngine>(
        std::move(described.info), described.terms, std::move(owned), home.clock(), home.log());
    absl::Status added = home.engines().add(engine);
    if (!added.ok()) generator.forget();  // nobody has found the engine yet
    return added;
  });
}

int32_t focus_engine_unregister(focus_service* service, const char* engine_key,
                                int32_t timeout_ms) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (engine_key == nullptr) return null_argument("engine_key");
    if (timeout_ms < 0) return invalid_field("timeout_ms", "must not be negative");
    auto removed = service->service->engines().remove(engine_key);
    if (!removed.ok()) return with_field(removed.status(), "engine_key");
    return (*removed)->retire(std::chrono::milliseconds(timeout_ms));
  });
}
