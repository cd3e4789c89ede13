// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace focus::core::session {

/// Where a listener is, as it tells the session.
struct Hearing {
  int segment = 0;         ///< the oldest that is heard: a bounded store drops what lies before it
  std::int64_t frame = 0;  ///< of the session, up to which it was heard
  bool begun = false;      ///< whether it has heard anything yet
  bool at_end = false;     ///< whether it has heard all
  /// The segment it can not do without next, and for how long the music lasts without it; -1 where
  /// nothing is missing.
  int missing = -1;
  double lasts_seconds = 0.0;
  bool late = false;  ///< it could be heard already
};

/// Who listens to a session, and where. Not thread-safe: the session guards it.
class Listeners {
 public:
  enum class Kind {
    offline,  ///< waits for what is not there
    live      ///< hears a hole where the music is late
  };

  /// At the session's beginning. Returns the listener's number.
  int add(Kind kind);
  void move(int listener, const Hearing& hearing);
  /// It is on its way to another place.
  void send(int listener, int segment, std::int64_t frame);
  void remove(int listener);
  /// A remote client has fetched segment `segment`; false where it has been as far before.
  bool note_fetched(int segment);
  bool has_fetched() const { return fetched_ >= 0; }
  /// The segment that a remote client needs next; -1 where none has fetched any.
  int next_of_remote() const { return has_fetched() ? fetched_ + 1 : -1; }

  int live_count() const;
  /// The segment of the listener that is furthest behind; where nobody listens, that of the last
  /// listener that was removed. A remote client may still hear the segment before the one it has
  /// fetched last.
  int hindmost() const;
  /// The segments that are heard or were fetched last, in their order; never empty.
  std::vector<int> segments() const;
  struct Foremost {
    std::int64_t frame = 0;
    bool hears_live = false;  ///< what comes next must be there already
  };
  /// Of those that have not come to the end, if there are any.
  std::optional<Foremost> foremost() const;

  /// The segment that a listener misses. There is one entry for each listener that misses one.
  struct Missing {
    Kind kind = Kind::offline;
    int segment = 0;
    double lasts_seconds = 0.0;
    bool late = false;
    bool has_begun = false;
    std::optional<double> waits_since;
    int listener = 0;
  };
  std::vector<Missing> missing() const;
  void set_waits_since(int listener, double now);

 private:
  struct Listener {
    Kind kind = Kind::offline;
    Hearing hearing;
    std::optional<double> waits_since;
  };
  std::map<int, Listener> listeners_;
  int next_number_ = 0;
  int last_segment_ = 0;
  int fetched_ = -1;  // the last segment that a remote client has fetched
};

}  // namespace focus::core::session
