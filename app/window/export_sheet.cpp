#include "app/window/export_sheet.h"

#include "app/window/sheets.h"
#include "views/exporter.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

namespace polyloom {

ExportSheet::ExportSheet(QWidget* parent) : QFrame(parent, Qt::Popup), view_(new QComboBox(this)), scale_(new QSpinBox(this)) {
  setObjectName(QStringLiteral("exportSheet"));
  setAccessibleName(tr("Export a panel"));
  view_->setObjectName(QStringLiteral("exportView"));
  view_->setAccessibleName(tr("Panel to export"));
  scale_->setObjectName(QStringLiteral("exportScale"));
  scale_->setAccessibleName(tr("Scale of a PNG"));
  scale_->setRange(static_cast<int>(kLeastExportScale), static_cast<int>(kMostExportScale));
  scale_->setValue(2);
  scale_->setSuffix(QStringLiteral("×"));
  auto* note = new QLabel(tr("SVG, PDF, PNG, TikZ or CSV, always in light colors"), this);
  auto* save = new QPushButton(tr("Choose the file…"), this);
  save->setObjectName(QStringLiteral("exportSave"));
  auto* layout = new QFormLayout(this);
  layout->addRow(tr("Panel"), view_);
  layout->addRow(tr("PNG scale"), scale_);
  layout->addRow(note);
  layout->addRow(save);
  connect(save, &QPushButton::clicked, this, [this] {
    hide();
    Q_EMIT exportRequested(view_->currentData().toString(), scale_->value());
  });
}

void ExportSheet::ask(const std::vector<Choice>& views, const QString& chosen, const QWidget& anchor) {
  view_->clear();
  for (const Choice& each : views)
    view_->addItem(each.title, each.name);
  view_->setCurrentIndex(std::max(0, view_->findData(chosen)));
  showBelow(*this, anchor);
  view_->setFocus();
}

} // namespace polyloom
