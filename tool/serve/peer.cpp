// SPDX-License-Identifier: MIT
#include "serve/peer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace cli {

std::string peer_name(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    const auto& four = reinterpret_cast<const sockaddr_in&>(address);
    ::inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
    return text;
  }
  if (address.ss_family != AF_INET6) return "";
  in6_addr six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    ::inet_ntop(AF_INET, six.s6_addr + 12, text, sizeof text);
    return text;
  }
  std::fill(six.s6_addr + 8, six.s6_addr + 16, static_cast<unsigned char>(0));
  ::inet_ntop(AF_INET6, &six, text, sizeof text);
  return std::string(text) + "/64";
}

}  // namespace cli
