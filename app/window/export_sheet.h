// Asks what to export and how large, right below the tool bar.
#pragma once

#include <QFrame>

#include <vector>

class QComboBox;
class QSpinBox;

namespace polyloom {

class ExportSheet : public QFrame {
  Q_OBJECT

public:
  struct Choice {
    QString name; ///< as `--view` has it
    QString title;
  };

  explicit ExportSheet(QWidget* parent);

  /// Opens below `anchor` with these views, of which `chosen` is proposed.
  void ask(const std::vector<Choice>& views, const QString& chosen, const QWidget& anchor);

Q_SIGNALS:
  void exportRequested(const QString& view, double scale);

private:
  QComboBox* view_;
  QSpinBox* scale_;
};

} // namespace polyloom
