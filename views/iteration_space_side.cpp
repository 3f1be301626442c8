// One side of the iteration space: its axes, and the pages that show it in different ways.
#include "views/iteration_space_view.h"

#include "views/elided_label.h"
#include "views/space_clip.h"
#include "views/space_controls.h"
#include "views/space_cube.h"
#include "views/space_matrix.h"
#include "views/space_plot.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace polyloom {

namespace {

constexpr int kLeastAxis = 44;

QComboBox* makeAxisCombo(const QString& name, const QString& accessibleName, QWidget* parent) {
  auto* combo = new QComboBox(parent);
  combo->setObjectName(name);
  combo->setAccessibleName(accessibleName);
  combo->setToolTip(accessibleName);
  combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo->setMinimumContentsLength(1);
  combo->setMinimumWidth(kLeastAxis); // the titles keep theirs where there is little room
  combo->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  return combo;
}

} // namespace

void IterationSpaceView::makeSide(SpaceOrder order, const QString& title) {
  Side& side = sides_[static_cast<std::size_t>(order)];
  side.order = order;
  const QString key = order == SpaceOrder::Original ? QStringLiteral("original") : QStringLiteral("new");
  auto* box = new QWidget(this);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addLayout(makeHead(side, key, title, box));
  makePages(side, key, title, box);
  layout->addWidget(side.pages, 1);
  connectSide(side);
}

QLayout* IterationSpaceView::makeHead(Side& side, const QString& key, const QString& title, QWidget* box) {
  side.title = new ElidedLabel(title, box);
  QFont bold = side.title->font();
  bold.setBold(true);
  side.title->setFont(bold);
  side.title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  side.title->setMinimumWidth(side.title->fontMetrics().horizontalAdvance(title) + 2);
  side.y = makeAxisCombo(key + QStringLiteral("AxisY"), tr("%1: vertical axis").arg(title), box);
  side.x = makeAxisCombo(key + QStringLiteral("AxisX"), tr("%1: horizontal axis").arg(title), box);
  side.z = makeAxisCombo(key + QStringLiteral("AxisZ"), tr("%1: axis in depth").arg(title), box);
  side.z->hide();
  side.cross = new QLabel(QStringLiteral("×"), box);
  auto* head = new QHBoxLayout;
  head->setContentsMargins(8, 0, 4, 0);
  head->setSpacing(4);
  head->addWidget(side.title, 1);
  head->addWidget(side.y);
  head->addWidget(side.cross);
  head->addWidget(side.x);
  head->addWidget(side.z);
  return head;
}

void IterationSpaceView::makePages(Side& side, const QString& key, const QString& title, QWidget* box) {
  side.pages = new QStackedWidget(box);
  side.plot = new SpacePlot(side.order, side.pages);
  side.plot->setObjectName(key + QStringLiteral("Plot"));
  side.plot->setAccessibleName(tr("%1: plot of statement instances; arrow keys walk over them").arg(title));
  auto* solid = new QWidget(side.pages);
  side.cube = new SpaceCube(solid);
  side.cube->setObjectName(key + QStringLiteral("Cube"));
  side.cube->setAccessibleName(tr("%1: statement instances in three dimensions; arrow keys turn them, with Shift they walk").arg(title));
  side.clip = new SpaceClip(solid);
  auto* layout = new QVBoxLayout(solid);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(side.cube, 1);
  layout->addWidget(side.clip);
  side.matrix = new SpaceMatrix(side.order, side.pages);
  side.matrix->setObjectName(key + QStringLiteral("Matrix"));
  side.matrix->setAccessibleName(tr("%1: all pairs of dimensions; Enter shows the framed one large").arg(title));
  side.pages->addWidget(side.plot);
  side.pages->addWidget(solid);
  side.pages->addWidget(side.matrix);
}

void IterationSpaceView::connectSide(Side& side) {
  for (QComboBox* combo : {side.x, side.y, side.z})
    connect(combo, &QComboBox::activated, this, [this, &side] {
      side.wanted = {side.x->currentText().toStdString(), side.y->currentText().toStdString(),
                     controls_->choices().mode == SpaceMode::Solid ? side.z->currentText().toStdString()
                                                                      : side.wanted.z};
      showSide(side);
      Q_EMIT stateChanged();
    });
  const auto hovered = [this, &side](const InstanceId& instance) { hover(toShared(side, instance)); };
  const auto clicked = [this, &side](const InstanceId& instance) { selection_.selectInstance(toShared(side, instance)); };
  connect(side.plot, &SpacePlot::instanceHovered, this, hovered);
  connect(side.cube, &SpaceCube::instanceHovered, this, hovered);
  connect(side.plot, &SpacePlot::instanceClicked, this, clicked);
  connect(side.cube, &SpaceCube::instanceClicked, this, clicked);
  connect(side.cube, &SpaceCube::spaceChanged, this, [&side] { side.clip->setSpace(side.cube->solid(), side.cube->wholeBox()); });
  connect(side.plot, &SpacePlot::sceneChanged, this, &IterationSpaceView::updateLegend);
  connect(side.clip, &SpaceClip::clipChanged, side.cube, &SpaceCube::setClip);
  connect(side.matrix, &SpaceMatrix::pairChosen, this, [this, &side](int x, int y) { choosePair(side, x, y); });
  // Both cubes turn together: what differs between them is the order, not the point of view.
  connect(side.cube, &SpaceCube::cameraChanged, this, [this, &side] {
    for (Side& other : sides_)
      if (&other != &side)
        other.cube->setCamera(side.cube->camera());
    Q_EMIT stateChanged();
  });
}

} // namespace polyloom
