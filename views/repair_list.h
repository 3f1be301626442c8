// The repairs of an illegal recipe as buttons, one below the other.
#pragma once

#include "core/snapshot/snapshot.h"

#include <QString>
#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace polyloom {

/// Hidden while there are none. Pressing a button asks for its recipe; nothing is changed here.
class RepairList : public QWidget {
  Q_OBJECT

public:
  explicit RepairList(QWidget* parent = nullptr);

  void setRepairs(const std::vector<RepairInfo>& repairs);
  const std::vector<QPushButton*>& buttons() const { return buttons_; }

Q_SIGNALS:
  void repairRequested(const polyloom::RepairInfo& repair);

private:
  QVBoxLayout* layout_;
  std::vector<QPushButton*> buttons_;
};

} // namespace polyloom
