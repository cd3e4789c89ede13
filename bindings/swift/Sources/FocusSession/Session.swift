// SPDX-License-Identifier: MIT
import Foundation

#if canImport(CFocus)
import CFocus
#else
import CFocusSession
#endif

/// One listener's hour. It may be used from any thread; segments go on being made while it or a player of
/// it is there.
public final class Session: @unchecked Sendable {
    let raw: OpaquePointer

    init(_ raw: OpaquePointer) { self.raw = raw }

    deinit { _ = focus_session_destroy(raw) }

    /// Changes what is still to come; the moment of the session, in seconds, at which it does.
    @discardableResult
    public func steer(_ steering: Steering) throws -> Double {
        var from = 0.0
        try steering.withC { _ = try check(focus_session_steer(raw, $0, &from)) }
        return from
    }

    /// Ends the session: no further segment is made. Never blocks.
    public func end() throws { try check(focus_session_end(raw)) }

    /// All segments, planned or ready, as they are now.
    public func segments() throws -> [Segment] {
        try withSnapshot { snapshot, session in
            try (0..<session.total_segments).map { index in
                var info = focus_segment_info()
                info.struct_size = sizeOf(info)
                try check(focus_snapshot_segment(snapshot, index, &info))
                return Segment(info)
            }
        }
    }

    public func id() throws -> String {
        try withSnapshot { _, session in text(session.session_id) }
    }

    /// Whether segments are still to come.
    public func isActive() throws -> Bool {
        try withSnapshot { _, session in session.more_pending != 0 }
    }

    private func withSnapshot<Result>(
        _ body: (OpaquePointer, focus_session_info) throws -> Result
    ) throws -> Result {
        let snapshot = try handle { focus_session_snapshot(raw, $0) }
        defer { _ = focus_snapshot_destroy(snapshot) }
        var info = focus_session_info()
        info.struct_size = sizeOf(info)
        try check(focus_snapshot_info(snapshot, &info))
        return try body(snapshot, info)
    }

    /// The next event, waiting up to a time for it; nil when none happens. Blocks.
    public func waitEvent(milliseconds: Int) throws -> Event? {
        var event = focus_event()
        event.struct_size = sizeOf(event)
        try check(focus_session_wait_event(raw, Int32(clamping: milliseconds), &event))
        return event.type == 0 ? nil : Event(event)
    }

    /// What happens until the session is not active any more. Waits on a thread of its own, which ends
    /// with the loop over it.
    public var events: AsyncThrowingStream<Event, Error> {
        AsyncThrowingStream { continuation in
            let waiting = Thread {
                do {
                    while !Thread.current.isCancelled {
                        let active = try self.isActive()
                        if let event = try self.waitEvent(milliseconds: active ? 250 : 0) {
                            continuation.yield(event)
                        } else if !active {
                            break
                        }
                    }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in waiting.cancel() }
            waiting.start()
        }
    }

    /// Samples of a ready segment, two channels interleaved.
    public func readSegment(_ index: Int, from firstFrame: Int64 = 0, frames: Int) throws -> [Float] {
        var samples = [Float](repeating: 0, count: max(0, frames) * 2)
        var count: Int64 = 0
        try check(focus_session_read_segment(
            raw, Int32(clamping: index), firstFrame, &samples, Int64(frames), &count))
        return Array(samples.prefix(Int(count) * 2))
    }

    /// A player at the host's rate; real-time unless it is to wait for what is still being made.
    public func play(sampleRate: Int = 0, channelCount: Int = 2, offline: Bool = false) throws -> Player {
        var options = focus_player_options()
        options.struct_size = sizeOf(options)
        options.mode = offline ? 1 : 0
        options.sample_rate = Int32(clamping: sampleRate)
        options.channel_count = Int32(clamping: channelCount)
        return Player(try handle { focus_player_create(raw, &options, $0) })
    }
}
