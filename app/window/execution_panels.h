// The panels Memory and Execution, and the plots that go along with them.
#pragma once

#include "app/window/actions.h"
#include "views/memory_view.h"
#include "views/scrubber.h"

#include <QObject>
#include <QSet>

#include <array>

class QDockWidget;

namespace polyloom {

class IterationSpaceView;
class ProgressOverlay;

/// One moment in three places: the scrubber sets it, the memory and the plots show it.
class ExecutionPanels : public QObject {
  Q_OBJECT

public:
  /// Draws over the plots of `space`.
  ExecutionPanels(IterationSpaceView& space, QObject* parent);

  MemoryView* memory() const { return memory_; }
  Scrubber* scrubber() const { return scrubber_; }
  void connectActions(const Actions& actions);
  /// The dock that holds one of the panels: behind another tab it is not seen, whatever the panel itself says.
  void watch(QDockWidget& dock);
  void setTheme(const Theme& theme);
  /// Of the space that the plots show; null: not known.
  void setTraces(ExecutionTracesPtr traces);
  const ExecutionTracesPtr& traces() const { return traces_; }
  /// Whether one of the panels can be seen.
  bool isSeen() const { return !seen_.isEmpty(); }

Q_SIGNALS:
  /// A panel has come forward, or other caches were chosen.
  void tracesWanted();

private:
  void setDone(std::size_t original, std::size_t current);

  IterationSpaceView& space_;
  MemoryView* memory_;
  Scrubber* scrubber_;
  std::array<ProgressOverlay*, 2> overlays_; ///< original, new
  ExecutionTracesPtr traces_; ///< null while other ones are wanted
  ExecutionTracesPtr shown_;
  QSet<const QDockWidget*> seen_;
};

} // namespace polyloom
