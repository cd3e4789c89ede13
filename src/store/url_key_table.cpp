// SPDX-License-Identifier: MIT
#include "store/url_key_table.h"

#include <absl/strings/escaping.h>

#include "base/error.h"

namespace focus::core::store {

absl::StatusOr<std::vector<UrlKey>> UrlKeyTable::list() {
  FOCUS_ASSIGN_OR_RETURN(
      Statement select,
      database_.prepare("SELECT id, secret, created_at FROM url_key ORDER BY number DESC"));
  std::vector<UrlKey> keys;
  while (true) {
    FOCUS_ASSIGN_OR_RETURN(const bool more, select.step());
    if (!more) return keys;
    UrlKey& key = keys.emplace_back();
    key.id = select.text(0);
    key.secret = absl::HexStringToBytes(select.text(1));
    key.created_at = select.integer(2);
    if (!validate(key).ok()) {
      return damaged_catalogue("a signing key that can not be");
    }
  }
}

absl::Status UrlKeyTable::add(const UrlKey& key, const std::string& newest) {
  FOCUS_RETURN_IF_ERROR(validate(key));
  FOCUS_ASSIGN_OR_RETURN(Transaction transaction, Transaction::begin(database_));
  FOCUS_ASSIGN_OR_RETURN(const auto keys, list());
  if (newest != (keys.empty() ? "" : keys.front().id)) return other_url_key(newest);
  FOCUS_ASSIGN_OR_RETURN(
      Statement insert,
      database_.prepare("INSERT INTO url_key (id, secret, created_at) VALUES (?,?,?)"));
  FOCUS_RETURN_IF_ERROR(
      insert.bind(key.id).bind(absl::BytesToHexString(key.secret)).bind(key.created_at).run());
  FOCUS_ASSIGN_OR_RETURN(
      Statement erase,
      database_.prepare("DELETE FROM url_key WHERE number NOT IN "
                        "(SELECT number FROM url_key ORDER BY number DESC LIMIT ?)"));
  FOCUS_RETURN_IF_ERROR(erase.bind(static_cast<std::int64_t>(kUrlKeysKept)).run());
  return transaction.commit();
}

}  // namespace focus::core::store
