// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "options.h"
#include <focus_session/focus_session.hpp>

namespace cli {

/// What a server needs as a node of a cluster: its options for the service, and the folder of its
/// cache, which goes with this where the user has named none. Outlives the service.
class ClusterNode {
 public:
  /// Throws a Failure that names the option. Does nothing without --database.
  explicit ClusterNode(const ServeOptions& options);
  ~ClusterNode();
  ClusterNode(const ClusterNode&) = delete;
  ClusterNode& operator=(const ClusterNode&) = delete;

  void set(focus::ServiceOptions& service) const;

 private:
  const ServeOptions& options_;
  std::string cache_;
  bool is_temporary_ = false;
};

}  // namespace cli
