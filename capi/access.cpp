// SPDX-License-Identifier: MIT
#include "rest/access.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include <absl/strings/str_cat.h>

#include "base/entropy.h"
#include "handles.h"
#include "rest/rest.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

absl::StatusOr<std::set<std::string, std::less<>>> texts_from(const char* const* texts,
                                                              std::int32_t count,
                                                              const char* field) {
  if (count < 0) return invalid_field(field, absl::StrCat("can not be ", count, " names"));
  if (count > 0 && texts == nullptr) return null_argument(field);
  std::set<std::string, std::less<>> names;
  for (std::int32_t index = 0; index < count; ++index) {
    if (texts[index] == nullptr) return null_argument(field);
    names.emplace(texts[index]);
  }
  return names;
}

}  // namespace

int32_t focus_access_key_generate(char* key, int32_t capacity) noexcept {
  return guarded([&]() -> absl::Status {
    return give_text(rest::draw_key(Entropy::system()), key, capacity, "key");
  });
}

int32_t focus_access_key_hash(const char* key, char* hash, int32_t capacity) noexcept {
  return guarded([&]() -> absl::Status {
    if (key == nullptr) return null_argument("key");
    return give_text(rest::to_hex(rest::hash_of_key(key)), hash, capacity, "hash");
  });
}

int32_t focus_service_add_access_key(focus_service* service, const focus_access_key* key) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (key == nullptr) return null_argument("key");
    FOCUS_ASSIGN_OR_RETURN(const focus_access_key given,
                           read_struct(key, FOCUS_ACCESS_KEY_INIT, "key"));
    if (given.hash == nullptr) return null_argument("hash");
    rest::Caller caller;
    FOCUS_ASSIGN_OR_RETURN(caller.hash, rest::key_hash_from_hex(given.hash));
    caller.name = text_or_empty(given.caller);
    FOCUS_ASSIGN_OR_RETURN(
        caller.organizations,
        texts_from(given.organizations, given.organization_count, "organizations"));
    FOCUS_ASSIGN_OR_RETURN(caller.capabilities,
                           texts_from(given.capabilities, given.capability_count, "capabilities"));
    if (given.requests_per_minute != 0) caller.requests_per_minute = given.requests_per_minute;
    return service->rest->access().add(std::move(caller));
  });
}

int32_t focus_service_access_key_count(focus_service* service, int32_t* count) noexcept {
  return guarded([&]() -> absl::Status {
    if (count == nullptr) return null_argument("count");
    *count = 0;
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    *count = static_cast<std::int32_t>(service->rest->access().all().size());
    return absl::OkStatus();
  });
}

int32_t focus_service_remove_access_key(focus_service* service, const char* hash) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (hash == nullptr) return null_argument("hash");
    FOCUS_ASSIGN_OR_RETURN(const rest::KeyHash known, rest::key_hash_from_hex(hash));
    return service->rest->access().remove(known);
  });
}
