// SPDX-License-Identifier: MIT
// A session that is broadcast, on a clock that only the test moves.
#pragma once

#include <atomic>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "audio/file.h"
#include "broadcast/broadcasts.h"
#include "player/player_fixture.h"
#include "support/temp_folder.h"

namespace focus::test {

/// A minute in three segments, at the rate of the stream, so that nothing is resampled.
inline core::plan::Request stream_request() {
  core::plan::Request request = tone_request(1);
  request.sample_rate = 48'000;
  return request;
}

/// What has come for certain when a broadcast begins: an encoder holds a little back.
inline constexpr double kFirst = core::broadcast::Broadcast::kLeadSeconds - 0.2;

struct OnAir {
  using Prepare = std::function<void(ToneEngine& engine, std::atomic<bool>& held)>;
  explicit OnAir(const core::plan::Request& request = stream_request(),
                 const Prepare& prepare = nullptr) {
    if (prepare) prepare(*engine, held);
    core::session::ServiceOptions options;
    options.worker_count = 2;
    options.clock = &clock;
    service = open_service(options, engine);
    auto started = service->start(request);
    REQUIRE(started.ok());
    session.emplace(*std::move(started));
  }

  std::atomic<bool> held{true};  // for engines that wait until it is false
  core::ManualClock clock;
  std::shared_ptr<ToneEngine> engine = std::make_shared<ToneEngine>();
  std::shared_ptr<core::session::Service> service;
  std::optional<core::session::SessionUse> session;
  core::broadcast::Broadcasts broadcasts{clock};
};

/// A client that takes what there is.
class Radio {
 public:
  explicit Radio(std::shared_ptr<core::broadcast::Broadcast> on, std::int64_t frame = 0)
      : seat_(std::move(on)) {
    REQUIRE(eventually([&] { return seat_->state() != State::starting; }));
    bytes_ = seat_->header();
    place_ = seat_->place_of(frame);
  }

  /// Listens until `seconds` of the session were heard.
  bool listen_to(double seconds) {
    const auto until = static_cast<std::int64_t>(seconds * seat_->rate());
    return eventually([&] {
      take();
      return end_ >= until;
    });
  }
  bool listen_to_end() {
    return eventually([&] { return take() == Reading::ended; });
  }
  core::broadcast::Broadcast::Reading take() {
    core::broadcast::Broadcast::Pieces pieces;
    const Reading reading = seat_->read(place_, 1 << 20, std::chrono::milliseconds(0), pieces);
    for (const auto& piece : pieces) {
      if (end_ >= 0) gapless_ &= piece->first == end_;
      if (end_ < 0) first_ = piece->first;
      end_ = piece->end();
      bytes_ += piece->bytes;
    }
    return reading;
  }

  const std::string& bytes() const { return bytes_; }
  double heard_to() const { return static_cast<double>(end_) / seat_->rate(); }
  std::int64_t first_frame() const { return first_; }
  bool is_gapless() const { return gapless_; }

 private:
  using State = core::broadcast::Broadcast::State;
  using Reading = core::broadcast::Broadcast::Reading;

  core::broadcast::Broadcast::Seat seat_;
  core::broadcast::Broadcast::Place place_ = 0;
  std::string bytes_;
  std::int64_t first_ = -1;
  std::int64_t end_ = -1;
  bool gapless_ = true;
};

/// What a client hears of these bytes.
inline core::audio::AudioBuffer decoded(const std::string& bytes, const std::string& ending) {
  const TempFolder folder;
  const std::string path = folder / ("stream." + ending);
  std::ofstream(path, std::ios::binary) << bytes;
  auto audio = core::audio::read_audio_file(path, core::CancelToken());
  INFO(audio.status().ToString());
  REQUIRE(audio.ok());
  return *std::move(audio);
}

/// The largest difference between a channel of `heard` and interleaved `music` from `frame` on.
inline float largest_difference(const core::audio::AudioBuffer& heard,
                                const std::vector<float>& music, std::int64_t frame = 0) {
  float largest = 0.0f;
  for (std::int64_t i = 0; i < heard.frames(); ++i) {
    for (int c = 0; c < 2; ++c) {
      const float wanted = music[static_cast<std::size_t>(2 * (frame + i) + c)];
      largest = std::max(largest, std::abs(heard.samples(c)[static_cast<std::size_t>(i)] - wanted));
    }
  }
  return largest;
}

}  // namespace focus::test
