// Work for the window's thread that takes longer than a person waits for an answer.
#pragma once

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <vector>

namespace polyloom {

/// Does one thing after the other and lets the event loop run in between.
class Slices : public QObject {
  Q_OBJECT

public:
  using Slice = std::function<void()>;

  explicit Slices(QObject* parent = nullptr);

  /// From now on these, each when the event loop comes back; what was left of earlier ones is forgotten.
  void start(std::vector<Slice> slices);
  void clear();
  bool isRunning() const { return !left_.empty(); }

private:
  void next();

  std::deque<Slice> left_;
  QTimer timer_;
};

} // namespace polyloom
