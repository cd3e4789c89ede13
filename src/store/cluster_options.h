// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace focus::core::store {

/// Where the nodes of a cluster keep what they share, and what this node needs of its own.
struct ClusterOptions {
  std::string database_url;    ///< postgresql://USER:PASSWORD@HOST:PORT/DATABASE
  std::string objects_url;     ///< of the storage of audio, e.g. https://s3.example.org
  std::string objects_bucket;  ///< that is there already
  std::string objects_region;  ///< "" where the storage has none
  std::string objects_key;
  std::string objects_secret;
  std::string cache_folder;  ///< of this node alone, for audio that it reads and writes
  int connections = 8;       ///< to the database, at most; one more listens
};

}  // namespace focus::core::store
