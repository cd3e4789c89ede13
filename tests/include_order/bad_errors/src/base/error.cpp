// SPDX-License-Identifier: MIT
absl::Status here_it_is_right() { return absl::InternalError("here it is right"); }
