// A sweep as a table: one row per choice of values.
#pragma once

#include "views/sweep_data.h"
#include "views/theme.h"

#include <QAbstractTableModel>

namespace polyloom {

/// The values, the figures of each source, and what is to be said of the choice. Row and point have the same number.
class SweepModel : public QAbstractTableModel {
  Q_OBJECT

public:
  using QAbstractTableModel::QAbstractTableModel;

  void setData(const SweepData& data);
  void setTheme(const Theme& theme);
  /// The point that the recipe has now: bold.
  void setCurrent(std::optional<std::size_t> point);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
  QString text(std::size_t point, int column) const;
  QColor inkOf(std::size_t point) const;

  SweepData data_;
  std::vector<std::string> sources_; ///< of the data; "measured" where there is none yet
  std::optional<std::size_t> current_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
};

} // namespace polyloom
