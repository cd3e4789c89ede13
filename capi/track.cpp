// SPDX-License-Identifier: MIT
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <absl/strings/str_cat.h>

#include "delivery/export.h"
#include "delivery/promotion.h"
#include "handles.h"
#include "licence.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_track : HandleBase {
  std::shared_ptr<session::Service> service;
  store::TrackRecord record;
};

struct focus_track_list : HandleBase {
  std::vector<std::string> ids;
};

int32_t focus_session_promote(focus_session* session, int32_t index, const char* title,
                              focus_track** track) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(track, "track"));
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    const std::shared_ptr<session::Service> service = session->use.service().shared_from_this();
    FOCUS_ASSIGN_OR_RETURN(
        delivery::Promotion promotion,
        delivery::promote_segment(*service, *session->use, index, text_or_empty(title), nullptr));
    *track = new focus_track{{}, service, std::move(promotion.track)};
    return absl::OkStatus();
  });
}

int32_t focus_track_open(focus_service* service, const char* track_id,
                         focus_track** track) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(track, "track"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (track_id == nullptr) return null_argument("track_id");
    FOCUS_ASSIGN_OR_RETURN(store::TrackRecord record,
                           service->service->store().tracks().find(track_id));
    *track = new focus_track{{}, service->service, std::move(record)};
    return absl::OkStatus();
  });
}

int32_t focus_track_get_info(const focus_track* track, focus_track_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(track, "track"));
    const store::TrackRecord& record = track->record;
    focus_track_info value = FOCUS_TRACK_INFO_INIT;
    value.segment_index = record.segment_index;
    value.track_id = record.id.c_str();
    value.title = record.title.c_str();
    value.engine = record.engine.c_str();
    value.session_id = record.session_id.c_str();
    value.path = record.path.c_str();
    value.duration_seconds = static_cast<double>(record.frames) / record.sample_rate;
    value.created_at = record.created_at;
    value.licence_class = licence_from(record.licence_class);
    value.instrumental = record.instrumental;
    return write_struct(info, value, "info");
  });
}

int32_t focus_track_write(const focus_track* track, const char* path) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(track, "track"));
    if (path == nullptr) return null_argument("path");
    return delivery::export_track(track->service->store(), track->record.id, path);
  });
}

int32_t focus_track_destroy(focus_track* track) noexcept { return destroy(track); }

int32_t focus_track_delete(focus_service* service, const char* track_id) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    if (track_id == nullptr) return null_argument("track_id");
    return service->service->store().tracks().remove(track_id);
  });
}

int32_t focus_track_list_create(focus_service* service, focus_track_list** list) noexcept {
  return guarded_with_stack([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(list, "list"));
    FOCUS_RETURN_IF_ERROR(check_handle(service, "service"));
    FOCUS_ASSIGN_OR_RETURN(const auto tracks, service->service->store().tracks().list());
    auto made = std::make_unique<focus_track_list>();
    for (const store::TrackRecord& track : tracks) made->ids.push_back(track.id);
    *list = made.release();
    return absl::OkStatus();
  });
}

int32_t focus_track_list_count(const focus_track_list* list, int32_t* count) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    if (count == nullptr) return null_argument("count");
    *count = static_cast<int32_t>(list->ids.size());
    return absl::OkStatus();
  });
}

int32_t focus_track_list_get(const focus_track_list* list, int32_t index,
                             const char** track_id) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(track_id, "track_id"));
    FOCUS_RETURN_IF_ERROR(check_handle(list, "list"));
    if (index < 0 || static_cast<std::size_t>(index) >= list->ids.size()) {
      return not_found("index",
                       absl::StrCat("no track ", index, " in a list of ", list->ids.size()));
    }
    *track_id = list->ids[static_cast<std::size_t>(index)].c_str();
    return absl::OkStatus();
  });
}

int32_t focus_track_list_destroy(focus_track_list* list) noexcept { return destroy(list); }
