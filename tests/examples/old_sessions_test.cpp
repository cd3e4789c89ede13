// SPDX-License-Identifier: MIT
#include "cli/serve/old_sessions.h"

#include <catch2/catch.hpp>

using cli::remove_old_sessions;
using std::chrono::hours;

TEST_CASE("a session is removed so many hours after it would have been heard") {
  focus::Service service(
      focus::ServiceOptions{}.with_storage(focus::Storage::temporary).with_worker_count(1));
  const auto start = [&](int minutes) {
    return service.start(focus::Request{}
                             .with_goal(focus::Goal::focus)
                             .with_target_minutes(minutes)
                             .with_look_ahead(1));
  };
  const focus::SessionInfo brief = start(1).snapshot().info();
  const focus::SessionInfo longer = start(60).snapshot().info();
  const std::int64_t end = brief.created_at + 60;
  CHECK(remove_old_sessions(service, hours(2), brief.created_at) == 0);
  CHECK(remove_old_sessions(service, hours(2), end + 7200) == 0);
  CHECK(service.sessions().size() == 2);
  CHECK(remove_old_sessions(service, hours(2), end + 7201) == 1);
  CHECK(service.sessions() == std::vector<std::string>{longer.session_id});
  CHECK(remove_old_sessions(service, hours(2), longer.created_at + 10801) == 1);
  CHECK(service.sessions().empty());
}
