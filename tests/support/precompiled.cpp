// SPDX-License-Identifier: MIT
// The object of the precompiled header; it has no code of its own.
