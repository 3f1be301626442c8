#include "app/window/slices.h"

#include <utility>

namespace polyloom {

Slices::Slices(QObject* parent) : QObject(parent) { connect(&timer_, &QTimer::timeout, this, &Slices::next); }

void Slices::start(std::vector<Slice> slices) {
  left_.assign(std::make_move_iterator(slices.begin()), std::make_move_iterator(slices.end()));
  timer_.start(0);
}

void Slices::clear() {
  left_.clear();
  timer_.stop();
}

void Slices::next() {
  if (left_.empty())
    return timer_.stop();
  const Slice slice = std::move(left_.front()); // which may start others
  left_.pop_front();
  slice();
}

} // namespace polyloom
