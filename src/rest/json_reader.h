// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace focus::core::rest {

/// A strict reader for the JSON object of a request: each member at most once, with the right type,
/// and no unknown members. Errors are Fault::argument and name the member ("options.seed" if
/// nested); if the body is not an object, the field is "body".
///
///     auto object = JsonObject::parse(body);
///     FOCUS_ASSIGN_OR_RETURN(const auto minutes, object->whole("target_minutes"));
///     FOCUS_RETURN_IF_ERROR(object->refuse_others());
class JsonObject {
 public:
  static absl::StatusOr<JsonObject> parse(std::string_view text);
  JsonObject(JsonObject&&) noexcept;
  JsonObject& operator=(JsonObject&&) noexcept;
  ~JsonObject();

  // Each of these returns nothing if the member is absent.
  absl::StatusOr<std::optional<std::string>> text(std::string_view name);
  absl::StatusOr<std::optional<double>> number(std::string_view name);
  absl::StatusOr<std::optional<int>> whole(std::string_view name);
  absl::StatusOr<std::optional<std::uint64_t>> natural(std::string_view name);
  absl::StatusOr<std::optional<JsonObject>> object(std::string_view name);
  /// The members of a list, each of which must be an object. Empty if the list is absent.
  absl::StatusOr<std::vector<JsonObject>> objects(std::string_view name);

  bool is_object(std::string_view name) const;
  bool is_list(std::string_view name) const;
  /// The members' names, in the order of the text.
  std::vector<std::string> names() const;
  /// An error that names the member.
  absl::Status refuse(std::string_view name, std::string_view why) const;

  /// Returns an error that names the first member which none of the calls above has asked for.
  absl::Status refuse_others() const;

  /// The name of a member in errors: "seed" or "options.seed".
  std::string field(std::string_view name) const { return prefix_ + std::string(name); }

 private:
  struct Tree;
  JsonObject(std::shared_ptr<const Tree> tree, const void* value, std::string prefix);
  const void* find(std::string_view name);
  const void* peek(std::string_view name) const;
  absl::Status wrong_type(std::string_view name, std::string_view wanted) const;

  std::shared_ptr<const Tree> tree_;
  const void* value_;  // a rapidjson::Value in the tree
  std::string prefix_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace focus::core::rest
