// What the window shows while no file is open.
#pragma once

#include "views/theme.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace polyloom {

/// A welcome with three ways to a file: the dialog, the files opened last, the examples.
class StartPage : public QWidget {
  Q_OBJECT

public:
  explicit StartPage(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  void setRecent(const QStringList& files);
  void setExamples(const QStringList& files);

Q_SIGNALS:
  void openRequested();
  void fileRequested(const QString& path);

private:
  struct Column {
    QLabel* title = nullptr;
    QListWidget* list = nullptr;
  };
  Column makeColumn(const QString& name, const QString& title);
  static void fill(const Column& column, const QStringList& files);

  QLabel* title_;
  QLabel* text_;
  QPushButton* open_;
  Column recent_, examples_;
};

} // namespace polyloom
