// SPDX-License-Identifier: MIT
absl::Status forked() { return absl::AbortedError("made before fork()"); }
