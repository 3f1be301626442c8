// Memory while the program runs: the arrays' cells, the caches, and figures on both, for two orders.
#pragma once

#include "core/snapshot/cache_choice.h"
#include "core/snapshot/trace_cursor.h"
#include "views/theme.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QScrollArea;
class QSpinBox;

namespace polyloom {

class MemoryPlane;
class MemoryStatistics;

class MemoryView : public QWidget {
  Q_OBJECT

public:
  enum class Shown { New, Original, Both };

  explicit MemoryView(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// Null: nothing to show. Stands at the end of both runs.
  void setTraces(ExecutionTracesPtr traces);
  /// After so many steps of each order.
  void setDone(std::size_t original, std::size_t current);

  const CacheChoice& cacheChoice() const { return choice_; }
  Shown shown() const { return shown_; }
  void setShown(Shown shown);
  /// The choices of caches and of orders, to be placed in the panel's title.
  QWidget* controls() const { return controls_; }
  MemoryPlane* plane(Shown order) const { return sides_[order == Shown::Original ? 0 : 1].plane; }
  MemoryStatistics* statistics() const { return statistics_; }
  const TraceCursor& cursor(Shown order) const { return sides_[order == Shown::Original ? 0 : 1].cursor; }
  /// What stands in place of cells; empty where there are cells.
  QString emptyText() const;

Q_SIGNALS:
  /// Other caches are to be simulated.
  void cachesChosen(const polyloom::CacheChoice& choice);

protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  struct Side {
    QWidget* box = nullptr;
    QLabel* title = nullptr;
    QScrollArea* scroll = nullptr;
    MemoryPlane* plane = nullptr;
    TraceCursor cursor;
  };

  Side makeSide(const QString& title, const char* name);
  QWidget* makeControls();
  QWidget* makeOwnCaches();
  void chooseCaches(int row);
  void readOwnCaches();
  void arrange();
  void placeStatistics();
  void fitPlanes();
  void describe();

  Theme theme_ = Theme::make(Theme::Kind::Light);
  ExecutionTracesPtr traces_;
  CacheChoice choice_;
  Shown shown_ = Shown::New;
  std::array<Side, 2> sides_; ///< original, new
  QLabel* empty_ = nullptr;
  QLabel* legend_ = nullptr;
  MemoryStatistics* statistics_ = nullptr;
  QWidget* controls_ = nullptr;
  QComboBox* caches_ = nullptr;
  QComboBox* orders_ = nullptr;
  QWidget* own_ = nullptr; ///< the fields of caches of one's own
  QComboBox* lineBytes_ = nullptr;
  std::array<QSpinBox*, 3> ownNumbers_{}; ///< sets, ways, levels
};

} // namespace polyloom
