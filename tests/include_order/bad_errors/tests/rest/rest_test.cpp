// SPDX-License-Identifier: MIT
CHECK(absl::IsDataLoss(read()));
CHECK(is_cancelled(read()));
