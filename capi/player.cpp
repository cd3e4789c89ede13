// SPDX-License-Identifier: MIT
#include "player/player.h"

#include <absl/strings/str_cat.h>

#include "handles.h"

using namespace focus::core;
using namespace focus::core::capi;

struct focus_player : HandleBase {
  std::unique_ptr<player::Player> player;
};

namespace {

absl::StatusOr<player::PlayerOptions::Mode> mode_from(std::int32_t value) {
  if (value == FOCUS_PLAYER_REALTIME) return player::PlayerOptions::Mode::live;
  if (value == FOCUS_PLAYER_OFFLINE) return player::PlayerOptions::Mode::offline;
  return invalid_field("mode", absl::StrCat("must be one of enum focus_player_mode, not ", value));
}

template <typename Render>
int32_t render_guarded(focus_player* player, const void* out, int32_t frames,
                       Render render) noexcept {
  try {
    if (absl::Status status = check_handle(player, "player"); !status.ok()) return report(status);
    if (out == nullptr) return report(null_argument("samples"));
    if (frames < 0) return report(invalid_field("frames", "must not be negative"));
    const absl::StatusOr<std::int64_t> music = render(*player->player);
    return music.ok() ? static_cast<int32_t>(*music) : report(music.status());
  } catch (...) {
    return report_exception();
  }
}

template <typename Call>
int32_t with_player(focus_player* player, Call call) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(player, "player"));
    return call(*player->player);
  });
}

int32_t set_paused(focus_player* player, bool paused) noexcept {
  return with_player(player, [&](player::Player& p) {
    p.set_paused(paused);
    return absl::OkStatus();
  });
}

}  // namespace

int32_t focus_player_create(focus_session* session, const focus_player_options* options,
                            focus_player** player) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(clear_output(player, "player"));
    FOCUS_RETURN_IF_ERROR(check_handle(session, "session"));
    FOCUS_ASSIGN_OR_RETURN(const focus_player_options given,
                           read_struct(options, FOCUS_PLAYER_OPTIONS_INIT, "options"));
    player::PlayerOptions chosen;
    FOCUS_ASSIGN_OR_RETURN(chosen.mode, mode_from(given.mode));
    chosen.sample_rate = given.sample_rate;
    chosen.channel_count = given.channel_count;
    FOCUS_ASSIGN_OR_RETURN(auto created, player::Player::create(session->use, chosen));
    *player = new focus_player{{}, std::move(created)};
    return absl::OkStatus();
  });
}

int32_t focus_player_render_interleaved(focus_player* player, float* samples,
                                        int32_t frames) noexcept {
  return render_guarded(player, samples, frames,
                        [&](player::Player& p) { return p.render_interleaved(samples, frames); });
}

int32_t focus_player_render_planar(focus_player* player, float* const* channels,
                                   int32_t frames) noexcept {
  return render_guarded(player, channels, frames,
                        [&](player::Player& p) { return p.render_planar(channels, frames); });
}

int32_t focus_player_pause(focus_player* player) noexcept { return set_paused(player, true); }
int32_t focus_player_resume(focus_player* player) noexcept { return set_paused(player, false); }

int32_t focus_player_seek(focus_player* player, double seconds) noexcept {
  return with_player(player, [&](player::Player& p) { return p.seek(seconds); });
}

int32_t focus_player_skip(focus_player* player) noexcept {
  return with_player(player, [](player::Player& p) { return p.skip(); });
}

int32_t focus_player_set_volume(focus_player* player, double volume) noexcept {
  return with_player(player, [&](player::Player& p) { return p.set_volume(volume); });
}

int32_t focus_player_set_sleep_timer(focus_player* player, double seconds,
                                     double fade_seconds) noexcept {
  return with_player(player,
                     [&](player::Player& p) { return p.set_sleep_timer(seconds, fade_seconds); });
}

int32_t focus_player_set_output(focus_player* player, int32_t sample_rate,
                                int32_t channel_count) noexcept {
  return with_player(player,
                     [&](player::Player& p) { return p.set_output(sample_rate, channel_count); });
}

int32_t focus_player_get_info(const focus_player* player, focus_player_info* info) noexcept {
  return guarded([&]() -> absl::Status {
    FOCUS_RETURN_IF_ERROR(check_handle(player, "player"));
    const player::PlayerInfo now = player->player->info();
    focus_player_info value = FOCUS_PLAYER_INFO_INIT;
    value.state = static_cast<int32_t>(now.state);
    value.segment_index = now.segment_index;
    value.underruns = now.underruns;
    value.position_seconds = now.position_seconds;
    value.duration_seconds = now.duration_seconds;
    value.next_join_seconds = now.next_join_seconds;
    value.sleep_seconds = now.sleep_seconds;
    value.volume = now.volume;
    value.sample_rate = now.sample_rate;
    value.channel_count = now.channel_count;
    return write_struct(info, value, "info");
  });
}

int32_t focus_player_destroy(focus_player* player) noexcept { return destroy(player); }
