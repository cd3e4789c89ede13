// SPDX-License-Identifier: MIT
#include "serve/stream_pump.h"

#include <utility>

namespace cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Turns begin at multiples of it, so that a thread wakes up for many streams at once.
constexpr milliseconds kGrid(10);

steady_clock::time_point next_turn() {
  const auto due = steady_clock::now() + StreamPump::kPeriod;
  return due - due.time_since_epoch() % kGrid;
}

}  // namespace

StreamPump::StreamPump(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

StreamPump::~StreamPump() { stop(); }

void StreamPump::add(Turn turn) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    streams_.push_front({std::move(turn), steady_clock::now()});
  }
  news_.notify_one();
}

void StreamPump::stop() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  news_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  streams_.clear();
}

void StreamPump::run() {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopping_) {
    if (streams_.empty()) {
      news_.wait(lock);
      continue;
    }
    const Moment due = streams_.front().due;
    if (due > steady_clock::now()) {
      news_.wait_until(lock, due);
      continue;
    }
    Stream stream = std::move(streams_.front());
    streams_.pop_front();
    lock.unlock();
    const bool goes_on = stream.turn();
    if (!goes_on) stream.turn = nullptr;  // what it holds may take its time to end
    stream.due = next_turn();
    lock.lock();
    if (goes_on) streams_.push_back(std::move(stream));
  }
}

}  // namespace cli
