// SPDX-License-Identifier: MIT
#include "store/cluster/cluster_objects.h"

#include <string_view>
#include <utility>

#include "base/error.h"
#include "store/objects/folder_object_shelf.h"
#include "store/objects/s3_object_shelf.h"

namespace focus::core::store {
namespace {

constexpr std::string_view kFolderScheme = "file://";

absl::Status check_bucket_options(const ClusterOptions& options) {
  for (const auto& [field, value] : {std::pair("objects_bucket", &options.objects_bucket),
                                     std::pair("objects_key", &options.objects_key),
                                     std::pair("objects_secret", &options.objects_secret)}) {
    if (value->empty()) return invalid_field(field, "is required for a storage over HTTP");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<ObjectShelf>> open_objects(const ClusterOptions& options,
                                                          Clock& clock, Entropy& entropy) {
  if (options.objects_url.starts_with(kFolderScheme)) {
    const std::string folder = options.objects_url.substr(kFolderScheme.size());
    if (!folder.starts_with('/')) {
      return invalid_field("objects_url", "needs an absolute folder: file:///FOLDER");
    }
    FOCUS_ASSIGN_OR_RETURN(auto shelf, FolderObjectShelf::open(folder));
    return std::unique_ptr<ObjectShelf>(std::move(shelf));
  }
  FOCUS_RETURN_IF_ERROR(check_bucket_options(options));
  S3Options s3;
  s3.endpoint = options.objects_url;
  s3.bucket = options.objects_bucket;
  if (!options.objects_region.empty()) s3.region = options.objects_region;
  s3.credentials.key = options.objects_key;
  s3.credentials.secret = options.objects_secret;
  ObjectCacheOptions cache;
  cache.folder = options.cache_folder + "/objects";
  FOCUS_ASSIGN_OR_RETURN(auto shelf, S3ObjectShelf::open(std::move(s3), cache, clock, entropy));
  return std::unique_ptr<ObjectShelf>(std::move(shelf));
}

}  // namespace focus::core::store
