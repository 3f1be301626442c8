// The panel that sets two schedules side by side.
#pragma once

#include "views/comparison.h"
#include "views/theme.h"

#include <QAbstractTableModel>
#include <QTableView>

#include <vector>

class QCheckBox;

namespace polyloom {

class ComparisonModel : public QAbstractTableModel {
  Q_OBJECT

public:
  enum Column { WhatColumn, AColumn, BColumn, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;

  void set(const ComparisonSide& a, const ComparisonSide& b, bool differencesOnly);
  void setTheme(const Theme& theme);
  const ComparisonRow& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
  QVariant look(const ComparisonRow& row, int column, int role) const;

  std::vector<ComparisonRow> rows_;
  QString titleA_, titleB_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
};

/// A table with A on the left and B on the right; rows that differ are tinted and marked.
class ComparisonView : public QTableView {
  Q_OBJECT

public:
  explicit ComparisonView(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// A side without a schedule: nothing is compared.
  void setSides(const ComparisonSide& a, const ComparisonSide& b);
  ComparisonModel* comparisonModel() const { return model_; }
  /// The choice of what is shown, to be placed in the panel's title.
  QWidget* controls() const;

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

private:
  void rebuild();
  void fitColumns();

  ComparisonModel* model_;
  QCheckBox* differencesOnly_;
  ComparisonSide a_, b_;
  Theme theme_ = Theme::make(Theme::Kind::Light);
};

} // namespace polyloom
