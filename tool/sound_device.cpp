// SPDX-License-Identifier: MIT
#include "sound_device.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <fcntl.h>
#include <portaudio.h>
#include <unistd.h>

#include "failure.h"
#include "text.h"

namespace cli {
namespace {

/// ALSA and JACK complain on stderr about every device that is not there; while one of these
/// stands, into the void.
class QuietErrors {
 public:
  QuietErrors() : kept_(dup(STDERR_FILENO)) {
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    std::fflush(stderr);
    dup2(nowhere, STDERR_FILENO);
    close(nowhere);
  }
  ~QuietErrors() {
    if (kept_ < 0) return;
    std::fflush(stderr);
    dup2(kept_, STDERR_FILENO);
    close(kept_);
  }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;

 private:
  const int kept_;
};

/// PortAudio at work; it looks for devices when it begins, and never again.
class PortAudio {
 public:
  PortAudio() {
    const QuietErrors quiet;
    const PaError error = Pa_Initialize();
    if (error == paNoError) return;
    throw Failure(kExitFailed, std::string("the sound system can not be reached: ") +
                                   Pa_GetErrorText(error) + "; " + kWithoutDevice);
  }
  ~PortAudio() {
    const QuietErrors quiet;
    Pa_Terminate();
  }
  PortAudio(const PortAudio&) = delete;
  PortAudio& operator=(const PortAudio&) = delete;

  std::vector<SoundDevice> devices() const {
    std::vector<SoundDevice> found;
    for (int number = 0; number < Pa_GetDeviceCount(); ++number) {
      const PaDeviceInfo* info = Pa_GetDeviceInfo(number);
      if (info == nullptr || info->maxOutputChannels < 1) continue;
      const PaHostApiInfo* host = Pa_GetHostApiInfo(info->hostApi);
      found.push_back({number, info->name, host != nullptr ? host->name : "",
                       info->maxOutputChannels, info->defaultSampleRate,
                       number == Pa_GetDefaultOutputDevice()});
    }
    return found;
  }
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// The device that was meant: by number, by name, or by a part of its name.
SoundDevice choose_device(const std::vector<SoundDevice>& devices, const std::string& wanted) {
  if (devices.empty()) {
    throw Failure(kExitFailed, std::string("no sound device was found; ") + kWithoutDevice);
  }
  if (wanted.empty()) {
    for (const SoundDevice& device : devices) {
      if (device.is_default) return device;
    }
    return devices.front();
  }
  for (const SoundDevice& device : devices) {
    if (std::to_string(device.number) == wanted || device.name == wanted) return device;
  }
  for (const SoundDevice& device : devices) {
    if (lower(device.name).find(lower(wanted)) != std::string::npos) return device;
  }
  throw Failure(kExitUsage, "--device: there is no sound device \"" + wanted +
                                "\"; --device list tells which there are");
}

class DeviceOutput final : public AudioOutput {
 public:
  DeviceOutput(const std::string& wanted, std::int32_t sample_rate)
      : device_(choose_device(port_audio_.devices(), wanted)),
        channel_count_(std::min(device_.channel_count, 2)) {
    const QuietErrors quiet;
    PaStreamParameters to{};
    to.device = device_.number;
    to.channelCount = channel_count_;
    to.sampleFormat = paFloat32;
    to.suggestedLatency = Pa_GetDeviceInfo(device_.number)->defaultHighOutputLatency;
    PaError error = paInvalidSampleRate;
    for (const double rate : {static_cast<double>(sample_rate), device_.sample_rate}) {
      if (Pa_IsFormatSupported(nullptr, &to, rate) != paFormatIsSupported) continue;
      error = Pa_OpenStream(&stream_, nullptr, &to, rate, paFramesPerBufferUnspecified, paNoFlag,
                            &DeviceOutput::render, this);
      sample_rate_ = static_cast<std::int32_t>(rate);
      if (error == paNoError) return;
    }
    stream_ = nullptr;
    fail(error);
  }

  ~DeviceOutput() override {
    if (stream_ == nullptr) return;
    const QuietErrors quiet;
    // What was rendered is heard to its end, unless the device will never play it.
    if (running()) {
      Pa_StopStream(stream_);
    } else {
      Pa_AbortStream(stream_);
    }
    Pa_CloseStream(stream_);
  }

  std::string name() const override { return device_.name; }
  std::int32_t sample_rate() const override { return sample_rate_; }
  std::int32_t channel_count() const override { return channel_count_; }
  bool running() const override { return Pa_IsStreamActive(stream_) == 1; }

  void start(focus::Player& player) override {
    const QuietErrors quiet;
    player_ = &player;
    const PaError error = Pa_StartStream(stream_);
    if (error != paNoError) fail(error);
  }

 private:
  static int render(const void*, void* samples, unsigned long frames,
                    const PaStreamCallbackTimeInfo*, PaStreamCallbackFlags, void* self) noexcept {
    static_cast<DeviceOutput*>(self)->player_->render(static_cast<float*>(samples),
                                                      static_cast<std::int32_t>(frames));
    return paContinue;
  }

  [[noreturn]] void fail(PaError error) const {
    throw Failure(kExitFailed, "the sound device \"" + device_.name +
                                   "\" can not be played on: " + Pa_GetErrorText(error) +
                                   "; choose another (--device list), or " + kWithoutDevice);
  }

  const PortAudio port_audio_;
  const SoundDevice device_;
  const std::int32_t channel_count_;
  std::int32_t sample_rate_ = 0;
  focus::Player* player_ = nullptr;
  PaStream* stream_ = nullptr;
};

}  // namespace

std::vector<SoundDevice> sound_devices() { return PortAudio().devices(); }

std::unique_ptr<AudioOutput> open_sound_device(const std::string& device,
                                               std::int32_t sample_rate) {
  return std::make_unique<DeviceOutput>(device, sample_rate);
}

}  // namespace cli
