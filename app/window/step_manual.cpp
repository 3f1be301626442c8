#include "app/window/step_manual.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QSplitter>
#include <QTextBrowser>
#include <QTextTable>

#include <utility>

namespace polyloom {

StepManual::StepManual(std::vector<StepFormInfo> steps, QWidget* parent)
    : QDialog(parent), steps_(std::move(steps)), list_(new QListWidget), page_(new QTextBrowser) {
  setObjectName(QStringLiteral("stepManual"));
  setWindowTitle(tr("Steps"));
  setModal(false);
  list_->setObjectName(QStringLiteral("stepManualList"));
  list_->setAccessibleName(tr("Steps"));
  page_->setObjectName(QStringLiteral("stepManualPage"));
  page_->setAccessibleName(tr("The step's page"));
  for (const StepFormInfo& step : steps_)
    list_->addItem(QString::fromStdString(step.name));
  auto* splitter = new QSplitter;
  splitter->addWidget(list_);
  splitter->addWidget(page_);
  splitter->setStretchFactor(1, 1);
  splitter->setSizes({150, 530});
  auto* layout = new QHBoxLayout(this);
  layout->addWidget(splitter);
  connect(list_, &QListWidget::currentRowChanged, this, &StepManual::showPage);
  resize(700, 620);
}

void StepManual::showStep(const QString& name) {
  const QList<QListWidgetItem*> found = list_->findItems(name, Qt::MatchExactly);
  if (!found.isEmpty())
    list_->setCurrentItem(found.front());
  else if (list_->currentRow() < 0)
    list_->setCurrentRow(0);
}

void StepManual::showPage(int row) {
  if (row < 0 || row >= static_cast<int>(steps_.size()))
    return;
  auto* document = new QTextDocument(page_); // laid out once it is shown, with all its formats
  document->setDefaultFont(page_->font());
  document->setMarkdown(QString::fromStdString(steps_[static_cast<std::size_t>(row)].page));
  for (QTextFrame* frame : document->rootFrame()->childFrames())
    if (auto* table = qobject_cast<QTextTable*>(frame)) {
      QTextTableFormat format = table->format();
      format.setCellPadding(3);
      format.setBorder(0); // room and bold heads tell rows and columns apart
      table->setFormat(format);
    }
  page_->setDocument(document); // which ends the one before
}

} // namespace polyloom
