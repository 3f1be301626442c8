#include "app/window/model_sheet.h"

#include "app/window/sheets.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace polyloom {

namespace {

constexpr int kSheetWidth = 520;

QPushButton* makeButton(QWidget* parent, const char* objectName, const QString& text) {
  auto* button = new QPushButton(text, parent);
  button->setObjectName(QString::fromLatin1(objectName));
  return button;
}

} // namespace

ModelSheet::ModelSheet(QWidget* parent)
    : QFrame(parent, Qt::Popup),
      weights_(makeLine(this, "modelWeights", tr("File of weights"),
                        weightsOf({}).isEmpty() ? tr("a file of weights") : tr("those that come with Polyloom"))),
      command_(makeLine(this, "modelCommand", tr("Command"), tr("polyloom-model, or any that speaks its protocol"))),
      remark_(new QLabel(this)) {
  setObjectName(QStringLiteral("modelSheet"));
  setAccessibleName(tr("Choose the cost model"));
  remark_->setObjectName(QStringLiteral("modelRemark"));
  remark_->setWordWrap(true);
  QPushButton* browseButton = makeButton(this, "modelBrowse", tr("Browse…"));
  QPushButton* use = makeButton(this, "modelUse", tr("Predict with it"));
  auto* grid = new QGridLayout(this);
  grid->addWidget(new QLabel(tr("Weights"), this), 0, 0);
  grid->addWidget(weights_, 0, 1);
  grid->addWidget(browseButton, 0, 2);
  grid->addWidget(new QLabel(tr("Command"), this), 1, 0);
  grid->addWidget(command_, 1, 1, 1, 2);
  grid->addWidget(remark_, 2, 0, 1, 2);
  grid->addWidget(use, 2, 2);
  setMinimumWidth(kSheetWidth);
  connect(browseButton, &QPushButton::clicked, this, &ModelSheet::browse);
  connect(use, &QPushButton::clicked, this, &ModelSheet::accept);
  for (QLineEdit* line : {weights_, command_})
    connect(line, &QLineEdit::returnPressed, this, &ModelSheet::accept);
}

void ModelSheet::ask(const ModelChoice& present, const QString& remark, const QWidget& anchor) {
  weights_->setText(present.weights);
  command_->setText(present.command);
  remark_->setText(remark);
  showBelow(*this, anchor);
  weights_->setFocus();
  weights_->selectAll();
}

/// A popup and a dialog do not get along: the sheet comes back with the file's name.
void ModelSheet::browse() {
  const QPoint place = pos();
  hide();
  const QString path = QFileDialog::getOpenFileName(parentWidget(), tr("Choose a file of weights"),
                                                    QFileInfo(weights_->text()).path(),
                                                    tr("Weights (*.weights *.safetensors);;All files (*)"));
  if (!path.isEmpty())
    weights_->setText(path);
  move(place);
  show();
}

void ModelSheet::accept() {
  hide();
  Q_EMIT chosen({weights_->text().trimmed(), command_->text().trimmed()});
}

} // namespace polyloom
