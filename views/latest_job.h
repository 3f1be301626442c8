// Work on a thread of its own, of which only the newest counts.
#pragma once

#include <QObject>
#include <QThreadPool>

#include <cstdint>
#include <functional>

namespace polyloom {

/// Runs one job at a time. A newer job takes the place of one that waits, and what an older one still delivers is dropped.
class LatestJob : public QObject {
  Q_OBJECT

public:
  /// Called on the LatestJob's own thread.
  using Answer = std::function<void()>;
  using Deliver = std::function<void(Answer)>;

  explicit LatestJob(QObject* parent = nullptr);
  /// Waits for the running job.
  ~LatestJob() override;

  /// `work` runs on the other thread, with values of its own, and delivers as often as it likes.
  void start(std::function<void(const Deliver&)> work);
  /// What runs or waits delivers nothing any more.
  void cancel();
  /// The newest job has not delivered its last.
  bool isRunning() const { return isRunning_; }

private:
  QThreadPool thread_; ///< one thread
  std::uint64_t newest_ = 0;
  bool isRunning_ = false;
};

} // namespace polyloom
