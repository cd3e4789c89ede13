// SPDX-License-Identifier: MIT
#pragma once

#include <string>

struct sockaddr_storage;

namespace cli {

/// Where a client asks from, as far as it counts as one: an IPv4 address, or the first half of an
/// IPv6 address, of which one client has as many as it likes. "" for any other kind.
std::string peer_name(const sockaddr_storage& address);

}  // namespace cli
