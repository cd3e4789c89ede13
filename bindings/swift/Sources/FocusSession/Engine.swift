// SPDX-License-Identifier: MIT
import Foundation

#if canImport(CFocus)
import CFocus
#else
import CFocusSession
#endif

/// An engine of the host's own. What it throws is an error of that segment, which is stood in for.
public protocol Engine: AnyObject {
    /// What a request names: 1 to 63 of a-z, 0-9, '_', '-' and '.'.
    var key: String { get }
    /// Part of what a segment is a function of.
    var version: String { get }
    /// Plays one segment, on a thread of the library's. The sink throws `.cancelled` when the work is
    /// wanted no more, which is to be passed on.
    func generate(_ brief: Brief, into sink: Sink) throws
}

/// What an engine is told of a segment; more is in `raw`, which is valid until `generate` returns.
public struct Brief {
    public let raw: UnsafePointer<focus_brief>
}

/// Where an engine puts its audio, until `generate` returns.
public struct Sink {
    let raw: OpaquePointer

    /// Takes the next frames, interleaved, of one or two channels.
    public func write(_ samples: [Float], channelCount: Int) throws {
        let frames = Int64(samples.count / max(1, channelCount))
        try check(focus_sink_write_interleaved(raw, samples, frames, Int32(clamping: channelCount)))
    }

    public func reportProgress(_ fraction: Double) throws {
        try check(focus_sink_report_progress(raw, fraction))
    }
}

/// What the library holds of an engine until it releases it.
private final class EngineBox {
    let engine: Engine
    let key: UnsafeMutablePointer<CChar>?
    let version: UnsafeMutablePointer<CChar>?

    init(_ engine: Engine) {
        self.engine = engine
        key = strdup(engine.key)
        version = strdup(engine.version)
    }

    deinit {
        free(key)
        free(version)
    }

    static func of(_ userData: UnsafeMutableRawPointer?) -> EngineBox? {
        userData.map { Unmanaged<EngineBox>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension Service {
    /// Adds an engine of the host's own: requests can name it at once.
    public func register(_ engine: Engine) throws {
        var vtable = focus_engine_vtable()
        vtable.struct_size = sizeOf(vtable)
        vtable.describe = { userData, description in
            guard let box = EngineBox.of(userData), let description = description else { return -12 }
            description.pointee.key = UnsafePointer(box.key)
            description.pointee.version = UnsafePointer(box.version)
            return 0
        }
        vtable.generate = { userData, brief, sink in
            guard let box = EngineBox.of(userData), let brief = brief, let sink = sink else { return -12 }
            do {
                try box.engine.generate(Brief(raw: brief), into: Sink(raw: sink))
                return 0
            } catch let error as FocusError {
                _ = focus_sink_explain(sink, error.message)
                return error.code.rawValue
            } catch {
                _ = focus_sink_explain(sink, String(describing: error))
                return FocusError.Code.engine.rawValue
            }
        }
        vtable.release = { userData in
            if let userData = userData { Unmanaged<EngineBox>.fromOpaque(userData).release() }
        }
        let box = Unmanaged.passRetained(EngineBox(engine))
        let result = focus_engine_register(raw, &vtable, box.toOpaque())
        if result < 0 { box.release() }
        try check(result)
    }

    /// Takes an engine away; whether no call of it is under way any more.
    public func unregister(_ key: String, milliseconds: Int) throws -> Bool {
        let result = focus_engine_unregister(raw, key, Int32(clamping: milliseconds))
        if result == FocusError.Code.notReady.rawValue { return false }
        try check(result)
        return true
    }
}
