// SPDX-License-Identifier: MIT
// What an ObjectShelf promises, on a folder and on a storage of S3. tests/cluster/with_storage.py
// starts one, for the tests with the tag [.storage]; without it, they are not run.
#include "store/objects/object_shelf.h"

#include <fstream>
#include <future>

#include <catch2/catch.hpp>

#include "base/digest.h"
#include "base/error.h"
#include "base/ids.h"
#include "store/objects/folder_object_shelf.h"
#include "store/objects/real_storage.h"
#include "store/objects/s3_error.h"
#include "store/objects/s3_object_shelf.h"
#include "store/store_fixture.h"
#include "support/temp_folder.h"

using namespace focus::core;
using namespace focus::core::store;
using namespace focus::test;

namespace {

class FolderShelves {
 public:
  /// Of one node, and of another.
  std::unique_ptr<ObjectShelf> node() {
    return FolderObjectShelf::open(folder_ / "shared").value();
  }

 private:
  TempFolder folder_;
};

class StorageShelves {
 public:
  std::unique_ptr<ObjectShelf> node() {
    const std::string cache = folder_ / ("cache" + std::to_string(++nodes_));
    return S3ObjectShelf::open(storage_options(), {cache, 10'000'000}, Clock::system(),
                               Entropy::system())
        .value();
  }

 private:
  TempFolder folder_;
  int nodes_ = 0;
};

/// A shelf, another node's view of it, and names that no other test has.
template <typename Shelves>
struct ShelfScene {
  Shelves shelves;
  TempFolder folder;
  std::unique_ptr<ObjectShelf> shelf = shelves.node();
  std::unique_ptr<ObjectShelf> other = shelves.node();
  const std::string root = "test/" + make_id("t", Entropy::system()) + "/";

  absl::Status put(const std::string& name, const std::string& content) {
    std::ofstream(folder / "file", std::ios::binary) << content;
    return shelf->put(root + name, folder / "file", audio::AudioFormat::flac16);
  }
  absl::StatusOr<std::string> read(ObjectShelf& from, const std::string& name,
                                   const std::string& expected) {
    FOCUS_ASSIGN_OR_RETURN(const auto bytes, from.open(root + name, audio::AudioFormat::flac16,
                                                       static_cast<std::int64_t>(expected.size()),
                                                       digest_of(expected)));
    CHECK(bytes->identity() == digest_of(expected));
    return content_of(*bytes);
  }
  std::vector<std::string> names(const std::string& prefix, const std::string& after = {}) {
    const auto listing = shelf->list(root + prefix, after.empty() ? after : root + after);
    REQUIRE(listing.ok());
    CHECK_FALSE(listing->more);
    std::vector<std::string> short_names;
    for (const auto& name : listing->names) short_names.push_back(name.substr(root.size()));
    return short_names;
  }
  ~ShelfScene() {
    if (const auto left = shelf->list(root, ""); left.ok()) {
      for (const auto& name : left->names) shelf->remove(name).IgnoreError();
    }
  }
};

template <typename Shelves>
void keeps_objects() {
  ShelfScene<Shelves> scene;
  std::string content;
  for (int i = 0; i < 3'000'000; ++i) content += static_cast<char>((i * 2654435761U) >> 13);
  REQUIRE(scene.put("a/007-3.flac", content).ok());
  CHECK(scene.shelf->size_of(scene.root + "a/007-3.flac").value() == 3'000'000);
  CHECK(scene.read(*scene.shelf, "a/007-3.flac", content).value() == content);
  CHECK(scene.read(*scene.other, "a/007-3.flac", content).value() == content);
  // The same again changes nothing, and other facts are told.
  REQUIRE(scene.put("a/007-3.flac", content).ok());
  CHECK(scene.read(*scene.other, "a/007-3.flac", content).value() == content);
  CHECK(
      has_fault(scene.read(*scene.other, "a/007-3.flac", content + "x").status(), Fault::bad_data));
}

template <typename Shelves>
void copies_and_removes() {
  ShelfScene<Shelves> scene;
  REQUIRE(scene.put("a b/\u00e4+&.flac", "content").ok());
  REQUIRE(scene.shelf->copy(scene.root + "a b/\u00e4+&.flac", scene.root + "tracks/t.flac").ok());
  REQUIRE(scene.shelf->remove(scene.root + "a b/\u00e4+&.flac").ok());
  CHECK(scene.read(*scene.other, "tracks/t.flac", "content").value() == "content");
  CHECK(scene.shelf->remove(scene.root + "a b/\u00e4+&.flac").ok());
  CHECK(is_not_found(scene.shelf->copy(scene.root + "none", scene.root + "x")));
  CHECK(is_not_found(scene.shelf->size_of(scene.root + "a b/\u00e4+&.flac").status()));
  CHECK(is_not_found(scene.read(*scene.other, "a b/\u00e4+&.flac", "content").status()));
  CHECK(scene.names("").size() == 1);
}

template <typename Shelves>
void lists_in_order() {
  ShelfScene<Shelves> scene;
  for (const char* name : {"b/2", "b/1", "b-1", "b/10", "a", "c & d"}) {
    REQUIRE(scene.put(name, "x").ok());
  }
  using Names = std::vector<std::string>;
  CHECK(scene.names("") == Names{"a", "b-1", "b/1", "b/10", "b/2", "c & d"});
  CHECK(scene.names("b/") == Names{"b/1", "b/10", "b/2"});
  CHECK(scene.names("b/1") == Names{"b/1", "b/10"});
  CHECK(scene.names("", "b/1") == Names{"b/10", "b/2", "c & d"});
  CHECK(scene.names("b/", "b/10") == Names{"b/2"});
  CHECK(scene.names("z").empty());
}

template <typename Shelves>
void refuses_names() {
  ShelfScene<Shelves> scene;
  std::ofstream(scene.folder / "file") << "x";
  for (const char* name : {"", "../a", "/a", "a/"}) {
    CHECK(field_of(scene.shelf->put(name, scene.folder / "file", audio::AudioFormat::flac16)) ==
          "name");
    CHECK(field_of(scene.shelf->remove(name)) == "name");
  }
  CHECK(has_fault(
      scene.shelf->put(scene.root + "a", scene.folder / "none", audio::AudioFormat::flac16),
      Fault::file_missing));
}

template <typename Shelves>
void serves_many() {
  ShelfScene<Shelves> scene;
  std::vector<std::future<bool>> callers;
  for (int i = 0; i < 6; ++i) {
    callers.push_back(std::async(std::launch::async, [&, i] {
      const TempFolder folder;
      const std::string content(50'000, static_cast<char>('a' + i));
      const std::string name = std::to_string(i);
      std::ofstream(folder / "file") << content;
      const absl::Status put =
          scene.shelf->put(scene.root + name, folder / "file", audio::AudioFormat::flac16);
      const auto read = scene.other->open(scene.root + name, audio::AudioFormat::flac16, 50'000,
                                          digest_of(content));
      return put.ok() && read.ok() && content_of(**read) == content;
    }));
  }
  for (auto& caller : callers) CHECK(caller.get());
  CHECK(scene.names("").size() == 6);
}

template <typename Shelves>
void keeps_the_contract() {
  SECTION("objects are kept, for every node") { keeps_objects<Shelves>(); }
  SECTION("objects are copied and removed") { copies_and_removes<Shelves>(); }
  SECTION("names are listed in the order of their bytes") { lists_in_order<Shelves>(); }
  SECTION("names that are no relative paths are refused") { refuses_names<Shelves>(); }
  SECTION("several callers at a time") { serves_many<Shelves>(); }
}

}  // namespace

TEST_CASE("a folder keeps the contract of a shelf of objects") {
  keeps_the_contract<FolderShelves>();
}

TEST_CASE("a listing of a folder goes on where the last one ended") {
  const TempFolder folder;
  const auto shelf = FolderObjectShelf::open(folder / "shared").value();
  for (int i = 1000; i < 2003; ++i) std::ofstream(folder / ("shared/" + std::to_string(i))) << "x";
  const auto first = shelf->list("", "");
  REQUIRE(first.ok());
  CHECK(first->names.size() == 1000);
  CHECK(first->more);
  const auto rest = shelf->list("", first->names.back());
  REQUIRE(rest.ok());
  CHECK(rest->names == std::vector<std::string>{"2000", "2001", "2002"});
  CHECK_FALSE(rest->more);
}

TEST_CASE("a storage of S3 keeps the contract of a shelf of objects", "[.storage]") {
  keeps_the_contract<StorageShelves>();
}

TEST_CASE("a storage of S3 says what is wrong with key and bucket", "[.storage]") {
  const TempFolder folder;
  const auto error_of = [&](const S3Options& options) {
    return S3ObjectShelf::open(options, {folder / "cache", 1000}, Clock::system(),
                               Entropy::system())
        .status();
  };
  S3Options options = storage_options();
  options.credentials.secret = "another-secret";
  absl::Status error = error_of(options);
  CHECK(has_fault(error, Fault::argument));
  CHECK(field_of(error) == kSecretField);
  CHECK(std::string(message_of(error)).find("another-secret") == std::string::npos);
  options = storage_options();
  options.credentials.key = "nobody:at-all";
  error = error_of(options);
  CHECK(has_fault(error, Fault::argument));
  // Some storages do not tell an unknown key from a wrong secret.
  CHECK((field_of(error) == kKeyField || field_of(error) == kSecretField));
  options = storage_options();
  options.bucket = "not-there";
  error = error_of(options);
  CHECK(has_fault(error, Fault::argument));
  CHECK(field_of(error) == kBucketField);
}

TEST_CASE("a storage of S3 that finds our clock wrong is signed to by its own", "[.storage]") {
  const TempFolder folder;
  for (const int wrong : {-3600, 3600}) {
    CAPTURE(wrong);
    ManualClock clock(Clock::system().unix_seconds() + wrong);
    CHECK(S3ObjectShelf::open(storage_options(), {folder / "cache", 1000}, clock, Entropy::system())
              .ok());
  }
}

TEST_CASE("a direct address of a storage of S3 reads one object, for a while", "[.storage]") {
  ShelfScene<StorageShelves> scene;
  REQUIRE(scene.put("direct.flac", "0123456789").ok());
  REQUIRE(scene.put("other.flac", "abcdefghij").ok());
  HttpTransport transport({}, [] { return false; });
  const auto get = [&](const std::string& url, const std::string& range) {
    HttpCall call;
    call.url = url;
    if (!range.empty()) call.headers = {{"range", range}};
    return transport.perform(call).value();
  };
  const std::string name = scene.root + "direct.flac";
  const std::int64_t now = Clock::system().unix_seconds();
  const std::string url = scene.shelf->direct_url(name, now, now + 300).value();
  CHECK(get(url, "").text == "0123456789");
  CHECK(get(url, "bytes=2-4").status == 206);
  CHECK(get(url, "bytes=2-4").text == "234");
  std::string of_another = url;
  of_another.replace(of_another.find("direct.flac"), 6, "other");
  CHECK(get(of_another, "").status == 403);
  const std::string ended = scene.shelf->direct_url(name, now - 600, now - 300).value();
  CHECK(get(ended, "").status == 403);
  CHECK_FALSE(scene.shelf->direct_url(name, now, now));
}
