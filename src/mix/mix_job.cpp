// SPDX-License-Identifier: MIT
#include "mix/mix_job.h"

#include <utility>

#include "audio/file.h"
#include "base/error.h"
#include "base/output_target.h"
#include "mix/mix_rate.h"
#include "mix/mix_tags.h"

namespace focus::core::mix {

absl::StatusOr<std::unique_ptr<MixJob>> MixJob::create(std::vector<std::string> paths,
                                                       const MixSettings& settings) {
  FOCUS_RETURN_IF_ERROR(validate(settings));
  std::vector<int> rates;
  SourceCopies copies;
  for (const std::string& path : paths) {
    auto& copy = copies[path];
    if (copy == nullptr) {
      FOCUS_ASSIGN_OR_RETURN(copy, audio::AudioSource::open(path));
    }
    FOCUS_ASSIGN_OR_RETURN(const auto reader, audio::AudioFileReader::open(copy));
    rates.push_back(reader->info().sample_rate);
    if (!copy->is_copy()) copies.erase(path);
  }
  return std::unique_ptr<MixJob>(
      new MixJob(std::move(paths), std::move(rates), std::move(copies), settings));
}

absl::Status MixJob::write(const std::optional<std::string>& path) {
  CancelToken cancel;
  {
    const MutexLock lock(mutex_);
    if (under_way_.has_value()) {
      return fault_error(Fault::conflict, "the mix is being made already; wait until it is done");
    }
    under_way_ = cancel;
    progress_ = 0.0;
  }
  auto report = make(path, cancel);
  const MutexLock lock(mutex_);
  under_way_.reset();
  if (!report.ok()) return report.status();
  report_ = std::make_shared<const MixReport>(*std::move(report));
  return absl::OkStatus();
}

absl::StatusOr<MixReport> MixJob::make(const std::optional<std::string>& path,
                                       const CancelToken& cancel) {
  audio::AudioFormat format = audio::AudioFormat::wav;
  if (path.has_value()) {
    FOCUS_ASSIGN_OR_RETURN(format,
                           audio::user_format(*path, "path", settings_.bits, settings_.format));
    for (const std::string& input : paths_) {
      FOCUS_RETURN_IF_ERROR(check_not_input(*path, input, "path"));
    }
  }
  int rate = settings_.sample_rate.value_or(0);
  if (rate == 0) {
    FOCUS_ASSIGN_OR_RETURN(rate, choose_mix_rate(rates_, format));
  }
  std::unique_ptr<audio::AudioFileWriter> writer;
  std::optional<mastering::LoudnessMeter> meter;
  audio::AudioFileOptions options;
  options.sweeps_leftovers = true;
  if (path.has_value()) {
    FOCUS_ASSIGN_OR_RETURN(writer, audio::AudioFileWriter::create(*path, format, rate, 2, options));
    options.tags = mix_tags(paths_, rate);
    if (writer->is_stream()) {  // which could not be gone back to
      options.tags.chapters.clear();
    } else {
      FOCUS_ASSIGN_OR_RETURN(meter, mastering::LoudnessMeter::create(
                                        2, rate, mastering::LoudnessMeter::TruePeak::left_out));
    }
    FOCUS_RETURN_IF_ERROR(writer->set_tags(options.tags));
  }
  const MixSink sink = [&](audio::ConstAudioView part) {
    if (meter) meter->add(part);
    return writer ? writer->write(part) : absl::OkStatus();
  };
  const auto progress = [this](double share) { progress_.store(share, std::memory_order_relaxed); };
  FOCUS_ASSIGN_OR_RETURN(MixReport report,
                         make_mix(paths_, rate, settings_, sink, progress, cancel, copies_));
  if (meter) {
    settle_mix_tags(report, *meter, options.tags);
    writer->settle_tags(options.tags);
  }
  if (writer) FOCUS_RETURN_IF_ERROR(writer->commit(AtomicFile::Durability::synced));
  return report;
}

void MixJob::cancel() {
  const MutexLock lock(mutex_);
  if (under_way_.has_value()) under_way_->cancel();
}

std::shared_ptr<const MixReport> MixJob::report() const {
  const MutexLock lock(mutex_);
  return report_;
}

}  // namespace focus::core::mix
