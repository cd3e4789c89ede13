// SPDX-License-Identifier: MIT
// A random sequence of C calls from several threads, within the header's rules for threads:
//
//     abi_drill [--seconds N] [--seed S] [--threads T]
//
// Each thread draws calls on the sessions that all share and on players of its own, with good and
// bad arguments. Meant for builds with AddressSanitizer or ThreadSanitizer, which end the program
// where a call is unsound; the drill itself holds each code against the header and each rendered
// block against what a sound card takes. The calls a thread draws are the same for the same seed;
// how threads interleave is not.
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/random.h"
#include "drill/promise.h"

namespace {

using focus::drill::check_code;
using focus::drill::must;

using SharedSession = std::shared_ptr<focus_session>;

constexpr std::size_t kSessions = 4;
constexpr std::int32_t kBlock = 480;

/// The sessions that all threads use. A place may be empty.
class Pool {
 public:
  SharedSession at(std::size_t place) {
    const std::lock_guard lock(mutex_);
    return sessions_[place];
  }
  void put(std::size_t place, SharedSession session) {
    const std::lock_guard lock(mutex_);
    sessions_[place].swap(session);
  }

 private:
  std::mutex mutex_;
  std::array<SharedSession, kSessions> sessions_;
};

/// One thread of the drill.
class Caller {
 public:
  Caller(focus_service* service, Pool& pool, std::uint64_t seed)
      : service_(service), pool_(pool), random_(seed) {}
  ~Caller() { focus_player_destroy(player_); }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  void call() {
    const auto place = static_cast<std::size_t>(random_.below(kSessions));
    const SharedSession session = pool_.at(place);
    if (!session || once_in(40)) return start(place);
    switch (random_.below(14)) {
      case 0:
        return steer(session.get());
      case 1:
        return show(session.get());
      case 2:
        return take_event(session.get());
      case 3:
        return read(session.get());
      case 4:
        return create_player(session.get());
      case 5:
        return move_player();
      case 6:
        return list();
      case 7:
        return ask(place);
      case 8:
        return end(session.get());
      case 9:
        return promote(session.get());
      default:
        return render();
    }
  }

 private:
  bool once_in(int count) { return random_.below(count) == 0; }
  /// Between the two, and now and then a number that no field takes.
  double number(double low, double high) {
    constexpr double kOdd[] = {-1.0,
                               0.0,
                               1e308,
                               -1e308,
                               std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::infinity()};
    return once_in(12) ? kOdd[random_.below(6)] : random_.uniform(low, high);
  }

  void start(std::size_t place) {
    const std::string prompt(static_cast<std::size_t>(random_.below(300)),
                             static_cast<char>('a' + random_.below(26)));
    focus_session_request request = FOCUS_SESSION_REQUEST_INIT;
    request.goal = random_.below(7);
    request.custom_prompt = prompt.c_str();
    request.target_minutes = 1 + random_.below(3);
    request.intensity = random_.below(5);
    request.divergence = number(0.0, 1.0);
    request.segment_seconds = number(20.0, 60.0);
    request.tempo_bpm = number(30.0, 240.0);
    request.sample_rate = once_in(10) ? 1 : 8000;
    request.look_ahead = random_.below(4);
    request.format = random_.below(8);
    focus_session* session = nullptr;
    const std::int32_t code = focus_session_start(service_, &request, &session);
    check_code(code);
    must((code == FOCUS_OK) == (session != nullptr), "a start gives a session or an error");
    if (session != nullptr)
      pool_.put(place, SharedSession(session, [](focus_session* s) { focus_session_destroy(s); }));
  }

  void steer(focus_session* session) {
    focus_steering steering = FOCUS_STEERING_INIT;
    steering.intensity = random_.below(5);
    steering.divergence = number(0.0, 1.0);
    steering.target_minutes = random_.below(5);
    steering.at_seconds = once_in(2) ? -1.0 : number(0.0, 200.0);
    double from = 0.0;
    check_code(focus_session_steer(session, &steering, &from));
  }

  void show(focus_session* session) {
    focus_snapshot* snapshot = nullptr;
    const std::int32_t code = focus_session_snapshot(session, &snapshot);
    check_code(code);
    if (code != FOCUS_OK) return;
    focus_session_info info = FOCUS_SESSION_INFO_INIT;
    must(focus_snapshot_info(snapshot, &info) == FOCUS_OK, "a snapshot is told");
    for (int i = -1; i <= info.total_segments; ++i) {
      focus_segment_info segment = FOCUS_SEGMENT_INFO_INIT;
      check_code(focus_snapshot_segment(snapshot, i, &segment));
    }
    const char* json = nullptr;
    check_code(focus_snapshot_json(snapshot, nullptr, &json));
    focus_snapshot_destroy(snapshot);
  }

  void take_event(focus_session* session) {
    focus_event event = FOCUS_EVENT_INIT;
    check_code(focus_session_poll_event(session, &event));
  }

  void read(focus_session* session) {
    std::array<float, 2 * kBlock> samples;
    std::int64_t count = 0;
    check_code(focus_session_read_segment(session, random_.below(5) - 1,
                                          random_.below(100'000) - 10, samples.data(), kBlock,
                                          &count));
  }

  void create_player(focus_session* session) {
    focus_player_options options = FOCUS_PLAYER_OPTIONS_INIT;
    options.sample_rate = once_in(3) ? 11025 : 0;
    options.channel_count = random_.below(10);
    focus_player* player = nullptr;
    const std::int32_t code = focus_player_create(session, &options, &player);
    check_code(code);
    if (code != FOCUS_OK) return;
    focus_player_destroy(player_);
    player_ = player;
    channels_ = options.channel_count;
  }

  void move_player() {
    if (player_ == nullptr) return;
    switch (random_.below(7)) {
      case 0:
        return check_code(focus_player_pause(player_));
      case 1:
        return check_code(focus_player_resume(player_));
      case 2:
        return check_code(focus_player_seek(player_, number(0.0, 180.0)));
      case 3:
        return check_code(focus_player_skip(player_));
      case 4:
        return check_code(focus_player_set_volume(player_, number(0.0, 1.0)));
      case 5:
        return check_code(
            focus_player_set_sleep_timer(player_, number(0.0, 60.0), number(0.0, 5.0)));
      default: {
        focus_player_info info = FOCUS_PLAYER_INFO_INIT;
        return check_code(focus_player_get_info(player_, &info));
      }
    }
  }

  void render() {
    if (player_ == nullptr) return;
    std::array<float, 8 * kBlock> samples;
    const std::int32_t count = focus_player_render_interleaved(player_, samples.data(), kBlock);
    if (count < 0) return check_code(count);
    for (std::int32_t i = 0; i < count * channels_; ++i) {
      must(std::isfinite(samples[static_cast<std::size_t>(i)]) &&
               std::fabs(samples[static_cast<std::size_t>(i)]) <= 1.0f,
           "what is played is finite and at most full scale");
    }
  }

  void list() {
    focus_session_list* sessions = nullptr;
    const std::int32_t code = focus_session_list_create(service_, &sessions);
    check_code(code);
    if (code != FOCUS_OK) return;
    std::int32_t count = 0;
    must(focus_session_list_count(sessions, &count) == FOCUS_OK, "a list is counted");
    for (int i = 0; i <= count; ++i) {
      const char* id = nullptr;
      check_code(focus_session_list_get(sessions, i, &id));
    }
    if (count > 12) {  // those that were replaced in the pool
      std::int32_t deleted = 0;
      check_code(focus_session_delete_expired(service_, 1, &deleted));
      const char* id = nullptr;
      if (focus_session_list_get(sessions, random_.below(count), &id) == FOCUS_OK) {
        check_code(focus_session_delete(service_, id));
      }
    }
    focus_session_list_destroy(sessions);
  }

  void ask(std::size_t place) {
    constexpr const char* kTargets[] = {"/healthz", "/metrics", "/openapi.json",
                                        "/v1/music/org_a/focus/sessions"};
    focus_http_request request = FOCUS_HTTP_REQUEST_INIT;
    request.method = "GET";
    request.target = kTargets[place % 4];
    focus_http_response* response = nullptr;
    const std::int32_t code = focus_service_handle(service_, &request, &response);
    check_code(code);
    focus_http_response_destroy(response);
  }

  void end(focus_session* session) {
    if (once_in(8)) check_code(focus_session_end(session));
  }

  void promote(focus_session* session) {
    focus_track* track = nullptr;
    const std::int32_t code = focus_session_promote(session, random_.below(3), "a track", &track);
    check_code(code);
    if (code == FOCUS_OK) {
      focus_track_info info = FOCUS_TRACK_INFO_INIT;
      check_code(focus_track_get_info(track, &info));
      check_code(focus_track_delete(service_, info.track_id));
    }
    focus_track_destroy(track);
  }

  focus_service* service_;
  Pool& pool_;
  focus::core::Random random_;
  focus_player* player_ = nullptr;
  std::int32_t channels_ = 2;
};

}  // namespace

int main(int argc, char** argv) {
  double seconds = 10.0;
  std::uint64_t seed = 1;
  int threads = 3;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--seconds") seconds = std::strtod(argv[i + 1], nullptr);
    if (option == "--seed") seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--threads") threads = std::atoi(argv[i + 1]);
  }
  focus_service_options options = FOCUS_SERVICE_OPTIONS_INIT;
  options.worker_count = 2;
  focus_service* service = nullptr;
  must(focus_service_open(&options, &service) == FOCUS_OK, "a service opens");

  Pool pool;
  std::atomic<std::int64_t> calls = 0;
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&, i] {
      Caller caller(service, pool, seed * 1000 + static_cast<std::uint64_t>(i));
      while (std::chrono::steady_clock::now() < end) {
        caller.call();
        ++calls;
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  for (std::size_t place = 0; place < kSessions; ++place) pool.put(place, nullptr);
  must(focus_service_destroy(service) == FOCUS_OK, "a service is destroyed");
  std::printf("%lld calls of %d threads with seed %llu\n", static_cast<long long>(calls.load()),
              threads, static_cast<unsigned long long>(seed));
  return 0;
}
