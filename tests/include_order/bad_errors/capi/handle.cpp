// SPDX-License-Identifier: MIT
absl::Status forked() { return absl::AbortedError("made before fork()"); }
bool is_lost(const absl::StatusOr<int>& found) { return found.status().raw_code() == 15; }
