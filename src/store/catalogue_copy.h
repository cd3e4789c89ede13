// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include <absl/status/statusor.h>

#include "base/temporary_folder.h"
#include "store/catalogue.h"
#include "store/data_folder.h"

namespace focus::core::store {

/// A copy of a data folder's catalogue in a temporary folder, which can be read without a change to
/// the original: opening the original would write its log back and bring it up to date.
class CatalogueCopy {
 public:
  enum class State { whole, missing, damaged };

  /// A damaged catalogue is replaced, in the copy, by a new one of the rows that can be read. The
  /// error is Fault::unsupported where a newer version of the library has written it.
  static absl::StatusOr<CatalogueCopy> make(const DataFolder& folder);

  State state() const { return state_; }
  /// What is wrong with one that is damaged, and how many rows could be read.
  const std::string& damage() const { return damage_; }
  int salvaged_rows() const { return salvaged_rows_; }
  /// Whole, whatever the original is.
  Catalogue& catalogue() { return *catalogue_; }
  /// Closes it, and returns the path of its file, to be copied.
  std::string close();

 private:
  explicit CatalogueCopy(TemporaryFolder folder) : folder_(std::move(folder)) {}
  absl::Status open_copied(const std::string& path);
  absl::Status open_new(const std::string& damaged);

  TemporaryFolder folder_;
  State state_ = State::whole;
  std::string damage_;
  int salvaged_rows_ = 0;
  std::string path_;
  std::unique_ptr<Catalogue> catalogue_;  // closed before the folder goes
};

/// The files of a catalogue: the database and its log.
inline constexpr const char* kCatalogueFiles[] = {"", "-wal"};

}  // namespace focus::core::store
