// SPDX-License-Identifier: MIT
// A field with a lock. Clang's analysis takes this file as it is, and refuses it with either of the
// two faults that the test plants.
#include <absl/base/thread_annotations.h>

namespace {

class ABSL_LOCKABLE Mutex {
 public:
  void lock() ABSL_EXCLUSIVE_LOCK_FUNCTION() {}
  void unlock() ABSL_UNLOCK_FUNCTION() {}
};

class Counter {
 public:
  void add() {
#ifndef PLANT_UNGUARDED_FIELD
    mutex_.lock();
#endif
    ++count_;
#ifndef PLANT_UNGUARDED_FIELD
    mutex_.unlock();
#endif
  }

  int count() {
#ifndef PLANT_UNGUARDED_CALL
    mutex_.lock();
#endif
    const int counted = count_locked();
#ifndef PLANT_UNGUARDED_CALL
    mutex_.unlock();
#endif
    return counted;
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
