// SPDX-License-Identifier: MIT
#include <optional>
#include <string>

#include <absl/strings/str_cat.h>

#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

namespace {

absl::StatusOr<std::optional<std::int64_t>> cap_from(std::int64_t micros, const char* field) {
  if (micros == FOCUS_NO_CAP) return std::nullopt;
  if (micros >= 0) return micros;
  return invalid_field(field, absl::StrCat("must be 0 or more, or FOCUS_NO_CAP, not ", micros));
}

}  // namespace

int32_t focus_service_set_engine_price(focus_service* service, const char* engine_key,
                                       int64_t micros_per_minute) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (engine_key == nullptr) return null_argument("engine_key");
    return service->service->set_engine_price(engine_key, micros_per_minute);
  });
}

int32_t focus_service_set_spend_caps(focus_service* service, const char* organization,
                                     const focus_spend_caps* caps) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (caps == nullptr) return null_argument("caps");
    FOCUS_ASSIGN_OR_RETURN(const focus_spend_caps given,
                           read_struct(caps, FOCUS_SPEND_CAPS_INIT, "caps"));
    store::SpendCaps chosen;
    FOCUS_ASSIGN_OR_RETURN(chosen.session_micros,
                           cap_from(given.per_session_micros, "per_session_micros"));
    FOCUS_ASSIGN_OR_RETURN(chosen.day_micros, cap_from(given.per_day_micros, "per_day_micros"));
    const std::optional<std::string> whose =
        organization == nullptr ? std::nullopt : std::optional<std::string>(organization);
    return service->service->set_spend_caps(whose, chosen);
  });
}

int32_t focus_service_get_spend(focus_service* service, const char* organization,
                                int64_t* settled_micros, int64_t* held_micros) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(const store::Spend spend,
                           service->service->spend_of(text_or_empty(organization)));
    if (settled_micros != nullptr) *settled_micros = spend.settled;
    if (held_micros != nullptr) *held_micros = spend.held;
    return absl::OkStatus();
  });
}
