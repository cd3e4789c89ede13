// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "store/memory_store.h"

namespace focus::test {

/// A memory store whose changes to sessions can be held up, or made by another node first, and
/// whose claims, opens and reads of segments can fail.
class WrappedStore final : public core::store::Store {
 public:
  /// Called in add_change before the store is.
  std::function<void()> before_add_change = [] {};
  /// Called when a segment was put, before its maker is told.
  std::function<void(int index)> after_put = [](int) {};
  /// What every claim fails with; OK lets the store answer.
  absl::Status claims_fail_with;
  /// How many of the next opens and reads of segments fail.
  int failing_opens = 0;
  int failing_reads = 0;

  core::store::SessionShelf& sessions() override { return sessions_; }
  core::store::SegmentShelf& segments() override { return segments_; }
  core::store::WorkBoard& board() override { return board_; }
  core::store::TrackShelf& tracks() override { return memory_.tracks(); }
  core::store::UrlKeyShelf& url_keys() override { return memory_.url_keys(); }
  core::store::SpendLedger& ledger() override { return memory_.ledger(); }
  core::store::AnswerShelf& answers() override { return memory_.answers(); }
  core::store::MessageShelf& messages() override { return memory_.messages(); }
  absl::StatusOr<std::vector<core::store::OwnerBytes>> bytes_by_owner() override {
    return memory_.bytes_by_owner();
  }
  /// Without what is wrapped around it.
  core::store::Store& within() { return memory_; }

 private:
  class Sessions final : public core::store::SessionShelf {
   public:
    explicit Sessions(WrappedStore& store) : store_(store) {}
    absl::Status add(const core::store::SessionRecord& session, const std::string& key) override {
      return in().add(session, key);
    }
    absl::StatusOr<core::store::SessionRecord> find(const std::string& id) override {
      return in().find(id);
    }
    absl::StatusOr<std::vector<std::string>> ids() override { return in().ids(); }
    absl::StatusOr<std::vector<std::string>> ids_of(
        const core::store::SessionQuery& query) override {
      return in().ids_of(query);
    }
    absl::Status set_ended(const std::string& id) override { return in().set_ended(id); }
    absl::Status set_stopped_cap(const std::string& id) override {
      return in().set_stopped_cap(id);
    }
    absl::Status add_change(const std::string& id, int number, const core::plan::Change& change,
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
    core::store::SessionShelf& in() { return store_.memory_.sessions(); }
    WrappedStore& store_;
  };

  class Reader final : public core::store::SegmentReader {
   public:
    Reader(WrappedStore& store, std::unique_ptr<core::store::SegmentReader> reader)
        : store_(store), reader_(std::move(reader)) {}
    std::int64_t frames() const override { return reader_->frames(); }
    absl::StatusOr<std::int64_t> read(std::int64_t first, core::audio::AudioView out) override {
      if (store_.failing_reads > 0 && store_.failing_reads-- > 0) {
        return core::io_error("disk", "cannot be read");
      }
      return reader_->read(first, out);
    }

   private:
    WrappedStore& store_;
    std::unique_ptr<core::store::SegmentReader> reader_;
  };

  class Segments final : public core::store::SegmentShelf {
   public:
    explicit Segments(WrappedStore& store) : store_(store) {}
    absl::StatusOr<core::store::SegmentRecord> put(const std::string& id, std::int64_t epoch,
                                                   core::audio::AudioFormat format,
                                                   core::store::SegmentRecord segment,
                                                   core::audio::AudioBuffer&& audio,
                                                   const core::audio::AudioFileOptions& options,
                                                   const core::CancelToken& cancel) override {
      auto kept =
          in().put(id, epoch, format, std::move(segment), std::move(audio), options, cancel);
      if (kept.ok()) store_.after_put(kept->index);
      return kept;
    }
    absl::StatusOr<std::vector<core::store::SegmentRecord>> list(const std::string& id) override {
      return in().list(id);
    }
    absl::StatusOr<std::unique_ptr<core::store::SegmentReader>> open(const std::string& id,
                                                                     int index) override {
      if (store_.failing_opens > 0 && store_.failing_opens-- > 0) {
        return core::io_error("disk", "cannot be opened");
      }
      auto reader = in().open(id, index);
      if (!reader.ok()) return reader;
      return std::make_unique<Reader>(store_, *std::move(reader));
    }
    absl::Status forget(const std::string& id, int index) override {
      return in().forget(id, index);
    }
    std::optional<int> look_ahead_bound() const override { return in().look_ahead_bound(); }
    absl::StatusOr<std::shared_ptr<const core::store::AudioBytes>> open_bytes(const std::string& id,
                                                                              int index) override {
      return in().open_bytes(id, index);
    }
    void drop_before(const std::string& id, int index, std::int64_t epoch) override {
      in().drop_before(id, index, epoch);
    }
    void drop_from(const std::string& id, int index, std::int64_t epoch) override {
      in().drop_from(id, index, epoch);
    }
    void release(const std::string& id, std::int64_t epoch) override { in().release(id, epoch); }

   private:
    core::store::SegmentShelf& in() const { return store_.memory_.segments(); }
    WrappedStore& store_;
  };

  class Board final : public core::store::WorkBoard {
   public:
    explicit Board(WrappedStore& store) : store_(store) {}
    absl::StatusOr<core::store::Claimed> claim(const core::store::ClaimRequest& request) override {
      if (!store_.claims_fail_with.ok()) return store_.claims_fail_with;
      return store_.memory_.board().claim(request);
    }
    absl::Status extend(const std::string& id, int index, std::int64_t epoch,
                        std::int64_t until) override {
      return store_.memory_.board().extend(id, index, epoch, until);
    }
    absl::Status give_up(const std::string& id, int index, std::int64_t epoch) override {
      return store_.memory_.board().give_up(id, index, epoch);
    }

   private:
    WrappedStore& store_;
  };

  core::store::MemoryStore memory_;
  Sessions sessions_{*this};
  Segments segments_{*this};
  Board board_{*this};
};

}  // namespace focus::test
