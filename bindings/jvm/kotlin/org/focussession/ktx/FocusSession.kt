// SPDX-License-Identifier: MIT
// Kotlin's own way of using the classes: options in braces, nullable where null is meant.
package org.focussession.ktx

import org.focussession.*

/** Opens a service: `openService { storage(Storage.MEMORY) }`. */
inline fun openService(options: ServiceOptions.() -> Unit = {}): Service =
    Service(ServiceOptions().apply(options))

/** Starts a session: `service.start(Goal.FOCUS, 60) { divergence(0.3) }`. */
inline fun Service.start(
    goal: Goal,
    targetMinutes: Int,
    request: Request.() -> Unit = {}
): Session = start(Request(goal, targetMinutes).apply(request))

/** Changes what is still to come: `session.steer { goal(Goal.RELAX) }`. */
inline fun Session.steer(steering: Steering.() -> Unit): Double = steer(Steering().apply(steering))

/** A player of the session: `session.play { sampleRate(48000) }`. */
inline fun Session.play(options: PlayerOptions.() -> Unit): Player =
    play(PlayerOptions().apply(options))

/** The next event; null when none happens in that time. Blocks: for a thread of its own. */
fun Session.nextEvent(timeoutMs: Long): Event? = waitEvent(timeoutMs)

/**
 * What happens until the session is not active any more, and has nothing left to tell. Blocks between
 * events, can be interrupted, and throws IllegalStateException when the session is closed meanwhile.
 */
fun Session.events(): Sequence<Event> = generateSequence {
    var event = pollEvent()
    while (event == null && info().status == SessionStatus.ACTIVE) event = waitEvent(1000)
    event ?: pollEvent()
}

/** The end of the segment before; null where there is none, see [Brief.getPreviousSamples]. */
val Brief.previous: FloatArray? get() = previousSamples
