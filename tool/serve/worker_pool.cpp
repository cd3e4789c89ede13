// SPDX-License-Identifier: MIT
#include "serve/worker_pool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace cli {
namespace {
constexpr std::chrono::seconds kLongestIdle(10);
}

struct WorkerPool::State {
  std::mutex mutex;
  std::condition_variable work_to_do;
  std::condition_variable thread_gone;
  std::deque<std::function<void()>> tasks;
  std::size_t most_threads = 0;
  std::size_t threads = 0;
  std::size_t idle = 0;
  bool finishing = false;
};

WorkerPool::WorkerPool(std::size_t most_threads) : state_(std::make_shared<State>()) {
  state_->most_threads = most_threads;
}

void WorkerPool::run(std::function<void()> task) {
  const std::lock_guard<std::mutex> lock(state_->mutex);
  state_->tasks.push_back(std::move(task));
  if (state_->idle >= state_->tasks.size() || state_->threads >= state_->most_threads) {
    state_->work_to_do.notify_one();
    return;
  }
  try {
    std::thread([state = state_] { work(state); }).detach();
    ++state_->threads;
  } catch (const std::system_error&) {
    // No thread is to be had now. One that is there takes the task; without any it is dropped.
    if (state_->threads == 0) state_->tasks.pop_back();
  }
}

bool WorkerPool::finish(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock<std::mutex> lock(state_->mutex);
  state_->finishing = true;
  state_->work_to_do.notify_all();
  return state_->thread_gone.wait_until(lock, deadline, [this] { return state_->threads == 0; });
}

void WorkerPool::work(const std::shared_ptr<State>& state) {
  std::unique_lock<std::mutex> lock(state->mutex);
  for (;;) {
    if (state->tasks.empty() && !state->finishing) {
      ++state->idle;
      state->work_to_do.wait_for(lock, kLongestIdle);
      --state->idle;
    }
    if (state->tasks.empty()) break;
    {
      std::function<void()> task = std::move(state->tasks.front());
      state->tasks.pop_front();
      lock.unlock();
      task();
    }
    lock.lock();
  }
  --state->threads;
  state->thread_gone.notify_all();
}

}  // namespace cli
