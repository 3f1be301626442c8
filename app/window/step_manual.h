// The manual of the steps: a list and a page.
#pragma once

#include "core/snapshot/step_form.h"

#include <QDialog>
#include <QString>

#include <vector>

class QListWidget;
class QTextBrowser;

namespace polyloom {

/// A sheet beside the window, not in its way: it may stay open.
class StepManual : public QDialog {
  Q_OBJECT

public:
  StepManual(std::vector<StepFormInfo> steps, QWidget* parent);

  /// Turns to the page of this step; an unknown name changes nothing.
  void showStep(const QString& name);

private:
  void showPage(int row);

  std::vector<StepFormInfo> steps_;
  QListWidget* list_;
  QTextBrowser* page_;
};

} // namespace polyloom
