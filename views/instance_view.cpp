#include "views/instance_view.h"

#include "views/copy.h"
#include "views/instance_text.h"

#include <QHeaderView>

#include <utility>

namespace polyloom {

void InstanceModel::setSpace(std::shared_ptr<const ProgramSnapshot> program,
                             std::shared_ptr<const ScheduleSnapshot> schedule) {
  beginResetModel();
  program_ = std::move(program);
  schedule_ = std::move(schedule);
  order_.clear();
  if (program_ && schedule_) {
    const auto& clouds = schedule_->space.clouds;
    std::size_t total = 0;
    for (const InstanceCloud& cloud : clouds)
      total += cloud.rank.size();
    order_.resize(total);
    for (std::size_t c = 0; c < clouds.size(); ++c)
      for (std::size_t row = 0; row < clouds[c].rank.size(); ++row)
        if (const auto place = static_cast<std::size_t>(clouds[c].rank[row]); place < total)
          order_[place] = {static_cast<int>(c), static_cast<int>(row), clouds[c].statement};
  }
  endResetModel();
}

InstanceId InstanceModel::instanceAt(int row) const {
  return row >= 0 && row < rowCount() ? order_[static_cast<std::size_t>(row)] : InstanceId{};
}

int InstanceModel::rowOf(const InstanceId& instance) const {
  if (!instance.isValid() || !schedule_ || static_cast<std::size_t>(instance.cloud) >= schedule_->space.clouds.size())
    return -1;
  const auto& rank = schedule_->space.clouds[static_cast<std::size_t>(instance.cloud)].rank;
  const auto row = static_cast<std::size_t>(instance.index);
  return row < rank.size() ? rank[row] : -1;
}

int InstanceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int InstanceModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString InstanceModel::text(const InstanceId& id, int column) const {
  const SpaceSnapshot& space = schedule_->space;
  const InstanceCloud& cloud = space.clouds[static_cast<std::size_t>(id.cloud)];
  const auto row = static_cast<std::size_t>(id.index);
  QStringList parts;
  switch (column) {
  case Step:
    return QString::number(cloud.rank[row] + 1);
  case Instance:
    return QString::fromStdString(instanceName(*program_, cloud, row));
  case Time:
    for (std::size_t d = 0; d < cloud.timeLoops.size(); ++d)
      parts << QStringLiteral("%1=%2").arg(QString::fromStdString(cloud.timeLoops[d]))
                   .arg(cloud.time[row * cloud.timeLoops.size() + d]);
    return parts.join(QStringLiteral(", "));
  default:
    // After the name and the time.
    for (const std::string& line : describeInstance(*program_, space, id.cloud, row))
      parts << QString::fromStdString(line);
    return parts.mid(2).join(QStringLiteral(", "));
  }
}

QVariant InstanceModel::data(const QModelIndex& index, int role) const {
  const InstanceId instance = instanceAt(index.row());
  if (!index.isValid() || !instance.isValid())
    return {};
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
    return text(instance, index.column());
  if (role == Qt::TextAlignmentRole && index.column() == Step)
    return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
  if (role == Qt::FontRole && index.column() != Step)
    return codeFont(-0.5);
  return {};
}

QVariant InstanceModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
    return {};
  const QString titles[] = {tr("Step"), tr("Instance"), tr("Time"), tr("Accesses")};
  return titles[section];
}

InstanceView::InstanceView(Selection& selection, QWidget* parent)
    : QTableView(parent), selection_(selection), model_(new InstanceModel(this)) {
  setObjectName(QStringLiteral("instanceView"));
  setAccessibleName(tr("Statement instances in the new order"));
  setModel(model_);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setFrameShape(QFrame::NoFrame);
  setShowGrid(false);
  setWordWrap(false);
  setTabKeyNavigation(false);
  verticalHeader()->hide();
  // Of one height: a table of many rows must not measure each of them.
  verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  horizontalHeader()->setStretchLastSection(true);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  const int letter = fontMetrics().averageCharWidth();
  setColumnWidth(InstanceModel::Step, 8 * letter);
  setColumnWidth(InstanceModel::Instance, 22 * letter);
  setColumnWidth(InstanceModel::Time, 30 * letter);
  connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& current) {
    if (current.isValid() && !applying_)
      selection_.selectInstance(model_->instanceAt(current.row()));
  });
  connect(&selection_, &Selection::changed, this, &InstanceView::applySelection);
  hoverRows_ = new HoverRows(this);
  connect(hoverRows_, &HoverRows::rowHovered, this, [this](int row) { selection_.hoverInstance(model_->instanceAt(row)); });
  connect(&selection_, &Selection::hoverChanged, this, &InstanceView::applyHover);
  offerCopy(this, [this] { return formsOfTable(*this, *model_); });
}

void InstanceView::applyHover() {
  const int row = model_->rowOf(selection_.hover().instance);
  hoverRows_->setLit(row < 0 ? std::set<int>{} : std::set<int>{row});
}

void InstanceView::setTheme(const Theme& theme) {
  QPalette colors = palette();
  colors.setColor(QPalette::Highlight, theme.selection);
  colors.setColor(QPalette::HighlightedText, theme.text);
  setPalette(colors);
  hoverRows_->setColor(theme.note);
}

void InstanceView::setSpace(std::shared_ptr<const ProgramSnapshot> program,
                            std::shared_ptr<const ScheduleSnapshot> schedule) {
  applying_ = true;
  model_->setSpace(std::move(program), std::move(schedule));
  applying_ = false;
  applySelection();
}

void InstanceView::applySelection() {
  const bool before = std::exchange(applying_, true);
  const int row = model_->rowOf(selection_.instance());
  if (row < 0) {
    clearSelection();
    setCurrentIndex({});
  } else if (currentIndex().row() != row) {
    setCurrentIndex(model_->index(row, InstanceModel::Instance));
    scrollTo(currentIndex(), QAbstractItemView::PositionAtCenter);
  }
  applying_ = before;
}

} // namespace polyloom
