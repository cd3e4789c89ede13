// SPDX-License-Identifier: MIT
CHECK(fault_of(absl::UnknownError("from elsewhere")) == Fault::internal);
