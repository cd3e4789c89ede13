// SPDX-License-Identifier: MIT
// A field with a lock. Clang's analysis takes this file as it is, and refuses it with either of the
// two faults that the test plants.
#include "base/mutex.h"

namespace {

using focus::core::Mutex;
using focus::core::MutexLock;

class Counter {
 public:
  void add() {
#ifndef PLANT_UNGUARDED_FIELD
    const MutexLock lock(mutex_);
#endif
    ++count_;
  }

  int count() const {
#ifndef PLANT_UNGUARDED_CALL
    const MutexLock lock(mutex_);
#endif
    return count_locked();
  }

 private:
  int count_locked() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return count_; }

  mutable Mutex mutex_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

int main() {
  Counter counter;
  counter.add();
  return counter.count();
}
