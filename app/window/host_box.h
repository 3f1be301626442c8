// Where to measure: this machine, one of those that were used before, or another one.
#pragma once

#include "app/window/known_host.h"

#include <QFrame>
#include <QList>
#include <QWidget>

class QComboBox;
class QLineEdit;

namespace polyloom {

/// A box with the machines. "Other host…" opens a sheet below it for the name; nothing waits for an answer.
class HostBox : public QWidget {
  Q_OBJECT

public:
  explicit HostBox(QWidget* parent = nullptr);

  void setKnown(const QList<KnownHost>& hosts);
  /// Adds it to the box where it is new, or has another worker, and chooses it.
  void choose(const KnownHost& host);
  KnownHost current() const;
  /// The sheet where another machine's name is typed.
  void showSheet();

Q_SIGNALS:
  void hostChanged();

private:
  void activate(int index);
  void accept();
  void list();

  QList<KnownHost> hosts_; ///< the first is this machine
  int current_ = 0;
  QComboBox* box_;
  QFrame* sheet_;
  QLineEdit* name_;
  QLineEdit* worker_;
};

} // namespace polyloom
