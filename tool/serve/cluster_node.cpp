// SPDX-License-Identifier: MIT
#include "serve/cluster_node.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "failure.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

std::string from_environment(const char* name) {
  const char* const text = std::getenv(name);
  return text == nullptr ? "" : text;
}

std::string make_temporary_folder() {
  std::string path = (fs::temp_directory_path() / "focus-session-cache-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) fail_with_errno(path);
  return path;
}

}  // namespace

ClusterNode::ClusterNode(const ServeOptions& options)
    : options_(options), cache_(options.cache_folder) {
  if (options.database_url.empty()) {
    if (options.workers == 0) {
      throw Failure(kExitUsage,
                    "--workers: 0 is for a node of a cluster (--database), where other "
                    "nodes make the music");
    }
    return;
  }
  if (!options.data_folder.empty()) {
    throw Failure(kExitUsage,
                  "--data: is not for a node of a cluster, which keeps nothing of its "
                  "own but --cache; leave it out with --database");
  }
  if (options.objects_url.empty()) {
    throw Failure(kExitUsage, "--objects: is required with --database");
  }
  if (cache_.empty()) {
    cache_ = make_temporary_folder();
    is_temporary_ = true;
  }
}

ClusterNode::~ClusterNode() {
  std::error_code ignored;
  if (is_temporary_) fs::remove_all(cache_, ignored);
}

void ClusterNode::set(focus::ServiceOptions& service) const {
  if (options_.database_url.empty()) return;
  service.with_storage(focus::Storage::cluster)
      .with_database_url(options_.database_url)
      .with_objects_url(options_.objects_url)
      .with_objects_bucket(options_.bucket)
      .with_objects_region(options_.region)
      .with_objects_key(from_environment("FOCUS_OBJECTS_KEY"))
      .with_objects_secret(from_environment("FOCUS_OBJECTS_SECRET"))
      .with_cache_folder(cache_)
      .with_node(options_.node);
}

}  // namespace cli
