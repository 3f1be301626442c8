#include "app/window/execution_panels.h"

#include "views/iteration_space_view.h"
#include "views/progress_overlay.h"
#include "views/space_cube.h"
#include "views/space_matrix.h"
#include "views/space_plot.h"

#include <QAction>
#include <QDockWidget>

namespace polyloom {

ExecutionPanels::ExecutionPanels(IterationSpaceView& space, QObject* parent)
    : QObject(parent), space_(space), memory_(new MemoryView), scrubber_(new Scrubber),
      overlays_{new ProgressOverlay(*space.plot(SpaceOrder::Original)), new ProgressOverlay(*space.plot(SpaceOrder::New))} {
  connect(scrubber_, &Scrubber::moved, this, [this](std::size_t original, std::size_t current) {
    memory_->setDone(original, current);
    setDone(original, current);
  });
  connect(memory_, &MemoryView::cachesChosen, this, [this] {
    traces_.reset(); // what is shown stays until the new ones come
    Q_EMIT tracesWanted();
  });
}

void ExecutionPanels::connectActions(const Actions& actions) {
  connect(actions.playExecution, &QAction::triggered, scrubber_, &Scrubber::togglePlaying);
  connect(actions.stepForward, &QAction::triggered, scrubber_, [this] { scrubber_->stepBy(1); });
  connect(actions.stepBack, &QAction::triggered, scrubber_, [this] { scrubber_->stepBy(-1); });
  connect(actions.firstStep, &QAction::triggered, scrubber_, &Scrubber::toFirst);
  connect(actions.lastStep, &QAction::triggered, scrubber_, &Scrubber::toLast);
  connect(actions.nextIteration, &QAction::triggered, scrubber_, [this] { scrubber_->jumpBy(1); });
  connect(actions.previousIteration, &QAction::triggered, scrubber_, [this] { scrubber_->jumpBy(-1); });
}

void ExecutionPanels::setTheme(const Theme& theme) {
  memory_->setTheme(theme);
  scrubber_->setTheme(theme);
  for (ProgressOverlay* overlay : overlays_)
    overlay->setTheme(theme);
}

void ExecutionPanels::setTraces(ExecutionTracesPtr traces) {
  // Other caches do not change the order: the moment stays.
  const std::size_t steps = traces ? traces->current.steps.size() : 0;
  const bool isSameOrder = shown_ && traces && shown_->current.steps.size() == steps;
  const std::size_t done = isSameOrder ? scrubber_->done() : steps;
  shown_ = traces_ = std::move(traces);
  memory_->setTraces(traces_);
  scrubber_->setTraces(traces_);
  const bool isUsable = scrubber_->isReady();
  for (const SpaceOrder order : {SpaceOrder::Original, SpaceOrder::New}) {
    const ExecutionTrace* trace = !isUsable ? nullptr : order == SpaceOrder::Original ? &traces_->original : &traces_->current;
    const auto shared = trace ? std::shared_ptr<const ExecutionTrace>(traces_, trace) : nullptr;
    overlays_[static_cast<std::size_t>(order)]->setTrace(shared);
    space_.cube(order)->setTrace(shared, order);
    space_.matrix(order)->setTrace(shared, order);
  }
  scrubber_->moveTo(done);
}

void ExecutionPanels::setDone(std::size_t original, std::size_t current) {
  for (const SpaceOrder order : {SpaceOrder::Original, SpaceOrder::New}) {
    const std::size_t done = order == SpaceOrder::Original ? original : current;
    overlays_[static_cast<std::size_t>(order)]->setDone(done);
    space_.cube(order)->setDone(done);
    space_.matrix(order)->setDone(done);
  }
}

void ExecutionPanels::watch(QDockWidget& dock) {
  connect(&dock, &QDockWidget::visibilityChanged, this, [this, &dock](bool isSeenNow) {
    isSeenNow ? void(seen_.insert(&dock)) : void(seen_.remove(&dock));
    if (isSeenNow && !traces_)
      Q_EMIT tracesWanted();
  });
}

} // namespace polyloom
