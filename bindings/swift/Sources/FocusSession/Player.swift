// SPDX-License-Identifier: MIT
#if canImport(CFocus)
import CFocus
#else
import CFocusSession
#endif

#if canImport(AVFoundation)
import AVFoundation
#endif

/// A session as one continuous stream. The render functions are for an audio thread, one at a time: they
/// neither allocate nor wait. All else may be called from any thread.
public final class Player: @unchecked Sendable {
    let raw: OpaquePointer

    init(_ raw: OpaquePointer) { self.raw = raw }

    deinit { _ = focus_player_destroy(raw) }

    /// Fills `frames` frames, interleaved. How many of them were music, or an error's code (offline).
    public func render(_ samples: UnsafeMutablePointer<Float>, frames: Int32) -> Int32 {
        focus_player_render_interleaved(raw, samples, frames)
    }

    /// The same into one array a channel.
    public func render(
        planar channels: UnsafePointer<UnsafeMutablePointer<Float>?>, frames: Int32
    ) -> Int32 {
        focus_player_render_planar(raw, channels, frames)
    }

    public func pause() throws { try check(focus_player_pause(raw)) }
    public func resume() throws { try check(focus_player_resume(raw)) }
    public func seek(to seconds: Double) throws { try check(focus_player_seek(raw, seconds)) }
    public func skip() throws { try check(focus_player_skip(raw)) }
    public func setVolume(_ volume: Double) throws { try check(focus_player_set_volume(raw, volume)) }

    public func setSleepTimer(seconds: Double, fadeSeconds: Double) throws {
        try check(focus_player_set_sleep_timer(raw, seconds, fadeSeconds))
    }

    /// The device has changed its rate or channels. No render may be under way.
    public func setOutput(sampleRate: Int, channelCount: Int) throws {
        try check(focus_player_set_output(
            raw, Int32(clamping: sampleRate), Int32(clamping: channelCount)))
    }

    public func state() throws -> State { State(rawValue: try info().state) ?? .waiting }
    public func positionSeconds() throws -> Double { try info().position_seconds }

    private func info() throws -> focus_player_info {
        var info = focus_player_info()
        info.struct_size = sizeOf(info)
        try check(focus_player_get_info(raw, &info))
        return info
    }

    #if canImport(AVFoundation)
    /// A node of AVAudioEngine that plays this player, at the rate it was made with. Nil where the
    /// player is not stereo.
    public func sourceNode(sampleRate: Double) -> AVAudioSourceNode? {
        guard (try? info().channel_count) == 2, let format = AVAudioFormat(standardFormatWithSampleRate: sampleRate, channels: 2) else {
            return nil
        }
        let raw = self.raw
        // The node keeps the player: what it renders from must not go before it.
        return AVAudioSourceNode(format: format) { [self] isSilence, _, frameCount, audioBufferList in
            let buffers = UnsafeMutableAudioBufferListPointer(audioBufferList)
            guard buffers.count == 2 else { return kAudio_ParamError }
            var channels: (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?) = (
                buffers[0].mData?.assumingMemoryBound(to: Float.self),
                buffers[1].mData?.assumingMemoryBound(to: Float.self)
            )
            let music = withUnsafePointer(to: &channels) { pair in
                pair.withMemoryRebound(to: UnsafeMutablePointer<Float>?.self, capacity: 2) {
                    focus_player_render_planar(raw, $0, Int32(frameCount))
                }
            }
            isSilence.pointee = ObjCBool(music == 0)
            return withExtendedLifetime(self) { noErr }
        }
    }
    #endif
}
