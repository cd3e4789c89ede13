// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "store/memory_store.h"

namespace focus::test {

/// A memory store whose changes to sessions can be held up, or made by somebody else first.
class WrappedStore final : public core::Store {
 public:
  /// Called in add_change before the store is.
  std::function<void()> before_add_change = [] {};

  core::SessionShelf& sessions() override { return sessions_; }
  core::SegmentShelf& segments() override { return memory_.segments(); }
  core::WorkBoard& board() override { return memory_.board(); }
  core::TrackShelf& tracks() override { return memory_.tracks(); }
  core::UrlKeyShelf& url_keys() override { return memory_.url_keys(); }
  core::SpendLedger& ledger() override { return memory_.ledger(); }
  /// Without what is wrapped around it.
  core::Store& within() { return memory_; }

 private:
  class Sessions final : public core::SessionShelf {
   public:
    explicit Sessions(WrappedStore& store) : store_(store) {}
    absl::Status add(const core::SessionRecord& session) override { return in().add(session); }
    absl::StatusOr<core::SessionRecord> find(const std::string& id) override {
      return in().find(id);
    }
    absl::StatusOr<std::vector<std::string>> ids() override { return in().ids(); }
    absl::Status set_ended(const std::string& id) override { return in().set_ended(id); }
    absl::Status set_stopped_cap(const std::string& id) override {
      return in().set_stopped_cap(id);
    }
    absl::Status add_change(const std::string& id, int number, const core::Change& change,
                            int first_gone) override {
      store_.before_add_change();
      return in().add_change(id, number, change, first_gone);
    }
    absl::Status remove(const std::string& id) override { return in().remove(id); }
    absl::Status touch(const std::string& id, std::int64_t now) override {
      return in().touch(id, now);
    }
    absl::StatusOr<std::vector<std::string>> untouched_since(std::int64_t time) override {
      return in().untouched_since(time);
    }
    absl::StatusOr<std::int64_t> revision(const std::string& id) override {
      return in().revision(id);
    }

   private:
    core::SessionShelf& in() { return store_.memory_.sessions(); }
    WrappedStore& store_;
  };

  core::MemoryStore memory_;
  Sessions sessions_{*this};
};

}  // namespace focus::test
