// SPDX-License-Identifier: MIT
#include <stdint.h>

#include <absl/strings/string_view.h>
