// SPDX-License-Identifier: MIT
#pragma once

namespace cli {

/// From now on Ctrl-C, a request to terminate and the end of the terminal are only noted, so that
/// what is half-written can be taken back before the tool ends.
void note_interrupts();

/// True once the user, or the system, wants the tool to stop.
bool interrupted();

/// What a shell expects of a process ended by that signal: 130 for Ctrl-C, 143 to terminate.
int interrupt_exit_code();

}  // namespace cli
