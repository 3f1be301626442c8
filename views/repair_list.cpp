#include "views/repair_list.h"

#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QVBoxLayout>

namespace polyloom {

namespace {

/// A button whose text ends in "…" where there is no room for all of it.
class ElidedButton : public QPushButton {
public:
  ElidedButton(const QString& text, QWidget* parent) : QPushButton(parent), whole_(text) {
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setToolTip(text);
    setAccessibleName(RepairList::tr("Repair: %1").arg(text));
    elide(width());
  }

protected:
  void resizeEvent(QResizeEvent* event) override {
    QPushButton::resizeEvent(event);
    elide(event->size().width());
  }

private:
  void elide(int width) {
    constexpr int kFrame = 20;
    setText(fontMetrics().elidedText(whole_, Qt::ElideRight, width - kFrame).replace(QLatin1Char('&'), QLatin1String("&&")));
  }

  QString whole_;
};

} // namespace

RepairList::RepairList(QWidget* parent) : QWidget(parent), layout_(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("repairs"));
  setAccessibleName(tr("Repairs"));
  layout_->setContentsMargins(0, 3, 0, 0);
  layout_->setSpacing(4);
  layout_->addWidget(new QLabel(tr("Would be legal:"), this));
  hide();
}

void RepairList::setRepairs(const std::vector<RepairInfo>& repairs) {
  for (QPushButton* button : buttons_)
    delete button;
  buttons_.clear();
  for (const RepairInfo& repair : repairs) {
    auto* button = new ElidedButton(QString::fromStdString(repair.sentence), this);
    button->setObjectName(QStringLiteral("repair_%1").arg(buttons_.size() + 1));
    // Queued: the answer may replace the buttons while this one still handles the click.
    connect(button, &QPushButton::clicked, this, [this, repair] { Q_EMIT repairRequested(repair); },
            Qt::QueuedConnection);
    layout_->addWidget(button);
    buttons_.push_back(button);
  }
  setVisible(!repairs.empty());
}

} // namespace polyloom
