// SPDX-License-Identifier: MIT
#include <absl/strings/string_view.h>
#include <stdint.h>
