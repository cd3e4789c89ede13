// SPDX-License-Identifier: MIT
#include "store/objects/object_bytes.h"

#include <utility>

#include <absl/strings/str_cat.h>

#include "base/error.h"

namespace focus::core::store {

absl::Status check_bytes(const ObjectFacts& object, const AudioBytes& file) {
  bool is_right = file.size() == object.size;
  if (is_right) {
    FOCUS_ASSIGN_OR_RETURN(const std::string digest, file.digest());
    is_right = digest == object.digest;
  }
  if (is_right) return absl::OkStatus();
  return fault_error(Fault::bad_data,
                     absl::StrCat("the bytes of the object ", object.name,
                                  " are not those that were kept; make the audio again"));
}

std::shared_ptr<const AudioBytes> ObjectBytes::of(std::shared_ptr<const FileAudioBytes> file,
                                                  const std::string& digest) {
  return std::shared_ptr<const AudioBytes>(new ObjectBytes(std::move(file), digest));
}

ObjectBytes::ObjectBytes(std::shared_ptr<const FileAudioBytes> file, const std::string& digest)
    : AudioBytes(file->size(), file->format(), digest), file_(std::move(file)) {}

absl::Status ObjectBytes::read_all(std::int64_t offset, char* to, std::int64_t count) const {
  return file_->read(offset, to, count).status();
}

}  // namespace focus::core::store
