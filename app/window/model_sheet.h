// Asks which cost model is to predict, right below the tool bar.
#pragma once

#include "app/window/model_choice.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace polyloom {

/// Two lines, one for a file of weights and one for a command; nothing waits for an answer.
class ModelSheet : public QFrame {
  Q_OBJECT

public:
  explicit ModelSheet(QWidget* parent);

  /// Opens below `anchor`. `remark`: what the present model does, or why there is none.
  void ask(const ModelChoice& present, const QString& remark, const QWidget& anchor);

Q_SIGNALS:
  void chosen(const polyloom::ModelChoice& model);

private:
  void browse();
  void accept();

  QLineEdit* weights_;
  QLineEdit* command_;
  QLabel* remark_;
};

} // namespace polyloom
