// SPDX-License-Identifier: MIT
#if canImport(CFocus)
import CFocus
#else
import CFocusSession
#endif

public enum Goal: Int32 {
    case focus = 1
    case relax = 2
    case sleep = 3
    case energize = 4
    case customPrompt = 5
}

public enum Intensity: Int32 {
    case medium = 0
    case low = 1
    case high = 3
}

public enum Format: Int32 {
    case flac16 = 0
    case flac24 = 1
    case wav = 2
    case ogg = 3
    case opus = 4
}

/// What the listener asks for; the fields are those of focus_session_request.
public struct Request {
    public var goal: Goal
    public var targetMinutes: Int
    public var intensity = Intensity.medium
    public var divergence = 0.0
    public var customPrompt: String?
    public var engine: String?
    public var seed: UInt64?
    public var format = Format.flac16
    public var targetLufs = 0.0
    public var segmentSeconds = 0.0
    public var sampleRate = 0
    public var lookAhead: Int?
    public var endingSeconds = 0.0
    public var workMinutes = 0
    public var breakMinutes = 0
    public var fallback: String?
    public var fallbackAfterSeconds = 0.0

    public init(goal: Goal, targetMinutes: Int) {
        self.goal = goal
        self.targetMinutes = targetMinutes
    }

    func withC<Result>(
        _ body: (UnsafePointer<focus_session_request>) throws -> Result
    ) rethrows -> Result {
        try withText(customPrompt) { prompt in
            try withText(engine) { engineKey in
                try withText(fallback) { fallbackKey in
                    var request = focus_session_request()
                    request.struct_size = sizeOf(request)
                    request.goal = goal.rawValue
                    request.target_minutes = Int32(clamping: targetMinutes)
                    request.intensity = intensity.rawValue
                    request.divergence = divergence
                    request.custom_prompt = prompt
                    request.engine = engineKey
                    request.seed = seed ?? 0
                    request.has_seed = seed == nil ? 0 : 1
                    request.format = format.rawValue
                    request.target_lufs = targetLufs
                    request.segment_seconds = segmentSeconds
                    request.sample_rate = Int32(clamping: sampleRate)
                    request.look_ahead = lookAhead.map { Int32(clamping: $0) } ?? -1
                    request.ending_seconds = endingSeconds
                    request.work_minutes = Int32(clamping: workMinutes)
                    request.break_minutes = Int32(clamping: breakMinutes)
                    request.fallback = fallbackKey
                    request.fallback_after_seconds = fallbackAfterSeconds
                    return try body(&request)
                }
            }
        }
    }
}

/// What changes while a session goes on; nil stays as it is.
public struct Steering {
    public var goal: Goal?
    public var intensity: Intensity?
    public var targetMinutes: Int?
    public var divergence: Double?
    public var customPrompt: String?
    /// Not before this moment of the session.
    public var atSeconds: Double?

    public init() {}

    func withC<Result>(
        _ body: (UnsafePointer<focus_steering>) throws -> Result
    ) rethrows -> Result {
        try withText(customPrompt) { prompt in
            var steering = focus_steering()
            steering.struct_size = sizeOf(steering)
            steering.goal = goal?.rawValue ?? 0
            // Here 0 means "as it is", so that medium has its own number.
            steering.intensity = intensity.map { $0 == .medium ? 2 : $0.rawValue } ?? 0
            steering.target_minutes = Int32(clamping: targetMinutes ?? 0)
            steering.divergence = divergence ?? -1
            steering.custom_prompt = prompt
            steering.at_seconds = atSeconds ?? -1
            return try body(&steering)
        }
    }
}
