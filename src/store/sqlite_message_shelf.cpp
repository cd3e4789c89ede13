// SPDX-License-Identifier: MIT
#include "store/sqlite_message_shelf.h"

#include <utility>

#include "base/error.h"

namespace focus::core::store {

absl::Status SqliteMessageShelf::set_addresses(std::vector<std::string> addresses,
                                               const Clock& clock) {
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_RETURN_IF_ERROR(catalogue->messages().keep_only(addresses));
  FOCUS_RETURN_IF_ERROR(transaction.commit());
  shared_.receivers().choose(std::move(addresses), clock);
  return absl::OkStatus();
}

absl::Status SqliteMessageShelf::add(const Happening& happening) {
  if (!shared_.receivers().choice()) return absl::OkStatus();
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_RETURN_IF_ERROR(catalogue->tell(happening));
  return transaction.commit();
}

absl::Status SqliteMessageShelf::add_complete(const std::string& session_id, int changes) {
  if (!shared_.receivers().choice()) return absl::OkStatus();
  SharedCatalogue::Writing catalogue(shared_);
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, catalogue->begin());
  FOCUS_ASSIGN_OR_RETURN(const bool is_new,
                         catalogue->messages().note_complete(session_id, changes));
  if (!is_new) return absl::OkStatus();
  FOCUS_RETURN_IF_ERROR(catalogue->tell({MessageKind::session_complete, session_id}));
  return transaction.commit();
}

absl::StatusOr<std::optional<Message>> SqliteMessageShelf::take(std::int64_t now,
                                                                std::int64_t until) {
  return SharedCatalogue::Writing(shared_)->messages().take(now, until);
}

void SqliteMessageShelf::wait(std::chrono::milliseconds most) { shared_.receivers().wait(most); }

absl::Status SqliteMessageShelf::remove(std::int64_t number) {
  const absl::Status removed = SharedCatalogue::Writing(shared_)->messages().remove(number);
  shared_.trim();
  return removed;
}

absl::Status SqliteMessageShelf::put_off(std::int64_t number, std::int64_t due_at) {
  const absl::Status put_off =
      SharedCatalogue::Writing(shared_)->messages().put_off(number, due_at);
  shared_.trim();
  return put_off;
}

absl::StatusOr<std::int64_t> SqliteMessageShelf::count() {
  return SharedCatalogue::Reading(shared_)->messages().count();
}

}  // namespace focus::core::store
