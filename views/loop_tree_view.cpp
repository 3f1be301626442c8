#include "views/loop_tree_view.h"

#include "views/copy.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace polyloom {

namespace {

class LoopDelegate : public QStyledItemDelegate {
public:
  explicit LoopDelegate(LoopTreeView* view) : QStyledItemDelegate(view), view_(view) {}

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const Theme& theme = view_->theme();
    if (option.state & QStyle::State_Selected)
      painter->fillRect(option.rect, theme.selection);
    if (view_->isLit(index))
      painter->fillRect(option.rect, theme.note);
    if (option.state & QStyle::State_HasFocus) {
      painter->setPen(theme.accent);
      painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    paintLoopRow(*painter, option.rect, view_->treeModel()->node(index), index.data().toString(),
                 index.data(LoopTreeModel::TextRole).toString(), index.data(LoopTreeModel::StatementRole).toInt(),
                 theme);
  }

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {160, option.fontMetrics.height() + 9};
  }

private:
  LoopTreeView* view_;
};

QFont badgeFont(const QFont& base) {
  QFont font = base;
  if (font.pointSizeF() > 0)
    font.setPointSizeF(font.pointSizeF() - 0.5);
  return font;
}

} // namespace

std::vector<LoopBadge> badgesOf(const LoopTreeNode& node) {
  std::vector<LoopBadge> badges;
  if (node.kind != LoopTreeNode::Kind::Loop)
    return badges;
  if (node.parallel)
    badges.push_back({LoopTreeView::tr("parallel"), Theme::Badge::Parallel, false});
  else if (node.parallelLegal && node.vectorWidth == 0)
    badges.push_back({LoopTreeView::tr("parallel?"), Theme::Badge::Parallel, true});
  if (node.vectorWidth > 0)
    badges.push_back({LoopTreeView::tr("vector %1").arg(node.vectorWidth), Theme::Badge::Vector, false});
  if (node.unroll != 0)
    badges.push_back(
        {node.unroll < 0 ? LoopTreeView::tr("unroll full") : LoopTreeView::tr("unroll %1").arg(node.unroll),
         Theme::Badge::Unroll, false});
  return badges;
}

QRectF badgeRect(const QRectF& row, const std::vector<LoopBadge>& badges, std::size_t which, const QFont& font) {
  const QFontMetricsF metrics(badgeFont(font));
  double right = row.right() - 6;
  for (std::size_t k = 0; k < badges.size(); ++k) {
    const double width = std::max(metrics.horizontalAdvance(badges[k].text) + 18, 56.0);
    if (k == which)
      return {right - width, row.top() + 3, width, row.height() - 6};
    right -= width + 5;
  }
  return {};
}

void paintLoopRow(QPainter& painter, const QRectF& row, const LoopTreeNode& node, const QString& label,
                  const QString& remark, int statement, const Theme& theme) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QFont base = painter.font();
  const auto badges = badgesOf(node);
  double right = row.right() - 6;
  for (std::size_t k = 0; k < badges.size(); ++k) {
    const QRectF box = badgeRect(row, badges, k, base);
    const QColor ink = theme.badgeText(badges[k].kind);
    painter.setFont(badgeFont(base));
    painter.setBrush(badges[k].hollow ? QBrush(Qt::NoBrush) : QBrush(theme.badge(badges[k].kind)));
    painter.setPen(badges[k].hollow ? QPen(ink, 1, Qt::DashLine) : QPen(Qt::NoPen));
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2);
    painter.setPen(ink);
    painter.drawText(box, Qt::AlignCenter, badges[k].text);
    right = box.left() - 6;
  }
  QFont name = codeFont();
  name.setBold(true);
  painter.setFont(name);
  painter.setPen(statement >= 0 ? theme.statement(statement) : theme.text);
  const double nameWidth = QFontMetricsF(name).horizontalAdvance(label);
  painter.drawText(row.adjusted(4, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, label);
  const QFont small = node.kind == LoopTreeNode::Kind::Statement ? codeFont(-1) : badgeFont(base);
  const double left = row.left() + 4 + nameWidth + 14;
  painter.setFont(small);
  painter.setPen(theme.mutedText);
  if (right - left > 30)
    painter.drawText(QRectF(left, row.top(), right - left, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(small).elidedText(remark, Qt::ElideRight, right - left));
  painter.restore();
}

LoopTreeView::LoopTreeView(Selection& selection, QWidget* parent)
    : QTreeView(parent), selection_(selection), model_(new LoopTreeModel(this)) {
  setObjectName(QStringLiteral("loopTreeView"));
  setAccessibleName(tr("Loop tree"));
  setModel(model_);
  setItemDelegate(new LoopDelegate(this));
  setHeaderHidden(true);
  setFrameShape(QFrame::NoFrame);
  setMinimumHeight(44);
  setItemsExpandable(false);
  setIndentation(16);
  setExpandsOnDoubleClick(false);
  setMouseTracking(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
    if (hasFocus())
      selectIndex(current);
  });
  connect(&selection_, &Selection::changed, this, &LoopTreeView::applySelection);
  connect(&selection_, &Selection::hoverChanged, viewport(), qOverload<>(&QWidget::update));
  offerCopy(this, [this] { return formsOfTable(*this, *model_); });
}

bool LoopTreeView::isLit(const QModelIndex& index) const {
  const LoopTreeNode& node = model_->node(index);
  const Hover& hover = selection_.hover();
  return node.kind == LoopTreeNode::Kind::Loop ? QString::fromStdString(node.name) == hover.loop
                                               : hover.has(index.data(LoopTreeModel::StatementRole).toInt());
}

void LoopTreeView::mouseMoveEvent(QMouseEvent* event) {
  const QModelIndex index = indexAt(event->position().toPoint());
  const bool far = (event->position().toPoint() - pressed_).manhattanLength() >= QApplication::startDragDistance();
  if (event->buttons() & Qt::LeftButton && dragged_.isValid()) {
    isDragging_ |= far;
    onto_ = isDragging_ && !lineOfDrop(dragged_, index).isEmpty() ? index : QModelIndex();
    viewport()->setCursor(!isDragging_ ? Qt::ArrowCursor : onto_.isValid() ? Qt::DragMoveCursor : Qt::ClosedHandCursor);
    return viewport()->update();
  }
  QTreeView::mouseMoveEvent(event);
  if (!index.isValid())
    return selection_.endHover();
  const LoopTreeNode& node = model_->node(index);
  const bool isLoop = node.kind == LoopTreeNode::Kind::Loop;
  selection_.hoverLine(isLoop ? -1 : index.data(LoopTreeModel::StatementRole).toInt(),
                       isLoop ? QString::fromStdString(node.name) : QString());
}

void LoopTreeView::leaveEvent(QEvent* event) {
  QTreeView::leaveEvent(event);
  selection_.endHover();
}

void LoopTreeView::setTheme(const Theme& theme) {
  theme_ = theme;
  viewport()->update();
}

void LoopTreeView::setSchedule(std::shared_ptr<const ProgramSnapshot> program,
                               std::shared_ptr<const ScheduleSnapshot> schedule) {
  model_->setSchedule(std::move(program), std::move(schedule));
  expandAll();
  applySelection();
}

void LoopTreeView::applySelection() {
  QModelIndex index;
  if (!selection_.loop().isEmpty())
    index = model_->findLoop(selection_.loop());
  else if (selection_.statement() >= 0)
    index = model_->findStatement(selection_.statement());
  if (index.isValid()) {
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    scrollTo(index);
  } else {
    clearSelection();
  }
}

void LoopTreeView::selectIndex(const QModelIndex& index) {
  if (!index.isValid())
    return;
  const LoopTreeNode& node = model_->node(index);
  if (node.kind == LoopTreeNode::Kind::Loop)
    selection_.selectLoop(QString::fromStdString(node.name));
  else
    selection_.selectStatement(index.data(LoopTreeModel::StatementRole).toInt());
}

bool LoopTreeView::requestParallel(const QModelIndex& index) {
  if (!index.isValid() || model_->node(index).kind != LoopTreeNode::Kind::Loop || model_->node(index).parallel)
    return false;
  Q_EMIT stepRequested(QStringLiteral("parallel ") + QString::fromStdString(model_->node(index).name));
  return true;
}

QString LoopTreeView::lineOfDrop(const QModelIndex& dragged, const QModelIndex& onto) const {
  const auto nameOf = [&](const QModelIndex& index) { return QString::fromStdString(model_->node(index).name); };
  const auto isLoop = [&](const QModelIndex& index) {
    return index.isValid() && model_->node(index).kind == LoopTreeNode::Kind::Loop;
  };
  const auto isAround = [](const QModelIndex& outer, QModelIndex inner) {
    while (inner.isValid() && inner != outer)
      inner = inner.parent();
    return inner.isValid();
  };
  if (!isLoop(dragged) || !isLoop(onto) || dragged == onto)
    return {};
  if (isAround(onto, dragged) || isAround(dragged, onto)) {
    const bool isInner = isAround(onto, dragged);
    return QStringLiteral("interchange %1 %2").arg(nameOf(isInner ? onto : dragged), nameOf(isInner ? dragged : onto));
  }
  if (dragged.parent() != onto.parent())
    return {};
  const bool isFirst = dragged.row() < onto.row();
  return QStringLiteral("fuse %1 %2").arg(nameOf(isFirst ? dragged : onto), nameOf(isFirst ? onto : dragged));
}

void LoopTreeView::endDrag() {
  isDragging_ = false;
  dragged_ = onto_ = QModelIndex();
  viewport()->unsetCursor();
  viewport()->update();
}

void LoopTreeView::mousePressEvent(QMouseEvent* event) {
  QTreeView::mousePressEvent(event);
  pressed_ = event->position().toPoint();
  dragged_ = event->button() == Qt::LeftButton ? indexAt(pressed_) : QModelIndex();
}

void LoopTreeView::paintEvent(QPaintEvent* event) {
  QTreeView::paintEvent(event);
  if (!onto_.isValid())
    return;
  QPainter painter(viewport());
  const QRectF row = QRectF(visualRect(onto_)).adjusted(0.5, 0.5, -1.5, -0.5);
  painter.setPen(QPen(theme_.accent, 2));
  painter.drawRoundedRect(row, 3, 3);
  const QString line = lineOfDrop(dragged_, onto_);
  painter.setFont(codeFont(-1));
  const double width = QFontMetricsF(painter.font()).horizontalAdvance(line) + 14;
  const QRectF tag(std::max(row.left(), row.right() - width), row.top(), std::min(width, row.width()), row.height());
  painter.fillRect(tag, theme_.accent);
  painter.setPen(theme_.accentText);
  painter.drawText(tag, Qt::AlignCenter, line);
}

void LoopTreeView::mouseReleaseEvent(QMouseEvent* event) {
  if (isDragging_) {
    const QString line = lineOfDrop(dragged_, onto_);
    endDrag();
    setState(NoState);
    if (!line.isEmpty())
      Q_EMIT stepRequested(line);
    return;
  }
  endDrag();
  QTreeView::mouseReleaseEvent(event);
  const QModelIndex index = indexAt(event->position().toPoint());
  if (event->button() != Qt::LeftButton)
    return;
  if (!index.isValid())
    return selection_.clear();
  const auto badges = badgesOf(model_->node(index));
  for (std::size_t k = 0; k < badges.size(); ++k)
    if (badges[k].hollow && badgeRect(visualRect(index), badges, k, font()).contains(event->position())) {
      requestParallel(index);
      return;
    }
  selectIndex(index);
}

void LoopTreeView::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape && isDragging_)
    return endDrag();
  if (event->key() == Qt::Key_P && requestParallel(currentIndex()))
    return;
  QTreeView::keyPressEvent(event);
}

void LoopTreeView::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
  if (selectionModel()->isSelected(index))
    painter->fillRect(rect, theme_.selection);
  if (isLit(index))
    painter->fillRect(rect, theme_.note);
}

} // namespace polyloom
