#include "views/history_delegate.h"

#include "views/history_model.h"
#include "views/icons.h"
#include "views/predicted_bars.h"

#include <QLineEdit>
#include <QPainter>

namespace polyloom {

namespace {

constexpr double kDot = 14, kLeft = 4, kGap = 8;

StatusIcon iconOf(HistoryVerdict verdict) {
  switch (verdict) {
  case HistoryVerdict::Legal:
    return StatusIcon::Applied;
  case HistoryVerdict::Illegal:
    return StatusIcon::Illegal;
  case HistoryVerdict::Refused:
    return StatusIcon::Refused;
  case HistoryVerdict::NotSeen:
  case HistoryVerdict::Unknown:
    break;
  }
  return StatusIcon::Unknown;
}

QColor textColor(const HistoryRow& info, const Theme& theme) {
  switch (info.verdict) {
  case HistoryVerdict::Illegal:
    return theme.violation;
  case HistoryVerdict::Refused:
  case HistoryVerdict::Unknown:
    return theme.unknown;
  case HistoryVerdict::NotSeen:
    return info.parent < 0 ? theme.text : theme.mutedText;
  case HistoryVerdict::Legal:
    break;
  }
  return theme.text;
}

} // namespace

QString shortFigure(const QString& figure) {
  return figure.section(QStringLiteral(" ["), 0, 0).section(QStringLiteral(" ±"), 0, 0);
}

void HistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto* model = static_cast<const HistoryModel*>(index.model());
  const HistoryRow& info = *model->row(index);
  const bool isCurrent = info.id == model->current();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  if (isCurrent || option.state & QStyle::State_Selected)
    painter->fillRect(option.rect, theme_.selection);
  painter->setFont(codeFont(-0.5));
  if (index.column() == HistoryModel::StepColumn)
    paintStep(*painter, option.rect, index, info, isCurrent);
  else
    paintFigure(*painter, option.rect, index, info);
  painter->restore();
}

void HistoryDelegate::paintRail(QPainter& painter, const QRectF& dot, const QRectF& row, const QModelIndex& index) const {
  painter.setPen(QPen(theme_.border, 1));
  const double x = dot.center().x();
  if (index.data(HistoryModel::FollowsRole).toBool())
    painter.drawLine(QPointF(x, row.top()), QPointF(x, dot.top() - 1));
  if (index.data(HistoryModel::ContinuesRole).toBool())
    painter.drawLine(QPointF(x, dot.bottom() + 1), QPointF(x, row.bottom() + 1));
}

void HistoryDelegate::paintStep(QPainter& painter, const QRectF& row, const QModelIndex& index, const HistoryRow& info,
                                bool isCurrent) const {
  const QRectF dot(row.left() + kLeft, row.center().y() - kDot / 2, kDot, kDot);
  paintRail(painter, dot, row, index);
  if (info.verdict == HistoryVerdict::NotSeen && info.parent >= 0) {
    painter.setPen(QPen(theme_.mutedText, 1.2));
    painter.drawEllipse(dot.adjusted(3, 3, -3, -3));
  } else {
    paintStatus(painter, dot, info.parent < 0 ? StatusIcon::Applied : iconOf(info.verdict), theme_);
  }
  double x = dot.right() + kGap;
  const double right = row.right() - 4;
  const auto write = [&](const QString& text, const QColor& color) {
    const QFontMetricsF metrics(painter.font());
    painter.setPen(color);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(0.0, right - x));
    painter.drawText(QRectF(x, row.top(), right - x, row.height()), Qt::AlignLeft | Qt::AlignVCenter, shown);
    x += metrics.horizontalAdvance(shown) + kGap;
  };
  if (info.isCompared)
    write(QStringLiteral("A"), theme_.accent);
  if (info.starred)
    write(QStringLiteral("★"), theme_.accent);
  QFont font = painter.font();
  font.setBold(isCurrent);
  painter.setFont(font);
  if (!info.name.isEmpty())
    write(info.name, theme_.accent);
  write(index.data().toString(), textColor(info, theme_));
  font.setBold(false);
  painter.setFont(font);
  if (!info.twin.isEmpty())
    write(HistoryModel::tr("= %1").arg(info.twin), theme_.mutedText);
  else if (info.found)
    write(HistoryModel::tr("found"), theme_.mutedText);
}

void HistoryDelegate::paintFigure(QPainter& painter, const QRectF& row, const QModelIndex& index,
                                  const HistoryRow& info) const {
  const bool isMerged = static_cast<const HistoryModel*>(index.model())->isMerged();
  const bool isPredicted = index.column() == HistoryModel::PredictedColumn || (isMerged && info.measured.isEmpty());
  QRectF room = row.adjusted(2, 0, -8, 0);
  if (info.agreement && !isPredicted) {
    paintMark(painter, room, *info.agreement);
    room.setLeft(room.left() + kMarkWidth);
  }
  QFont font = painter.font();
  font.setItalic(isPredicted);
  painter.setFont(font);
  painter.setPen(isPredicted ? theme_.accent : info.measuredWell ? theme_.text : theme_.violation);
  const QFontMetricsF metrics(font);
  const QString whole = isPredicted ? info.predicted : info.measured;
  const QString text = metrics.horizontalAdvance(whole) <= room.width() ? whole : shortFigure(whole);
  painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(text, Qt::ElideRight, room.width()));
}

/// A sign between the two figures; its shape says the same as its color.
void HistoryDelegate::paintMark(QPainter& painter, const QRectF& row, PredictionVerdict verdict) const {
  const QString sign = verdict == PredictionVerdict::Agrees       ? QStringLiteral("=")
                       : verdict == PredictionVerdict::ModelWrong ? QStringLiteral("≠")
                                                                  : QStringLiteral("~");
  painter.save();
  QFont font = painter.font();
  font.setBold(true);
  painter.setFont(font);
  painter.setPen(colorOf(verdict, theme_));
  painter.drawText(QRectF(row.left(), row.top(), kMarkWidth, row.height()), Qt::AlignCenter, sign);
  painter.restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const double width = QFontMetricsF(codeFont(-0.5)).horizontalAdvance(index.data().toString());
  return {static_cast<int>(width) + 18, option.fontMetrics.height() + 9};
}

void HistoryDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex&) const {
  editor->setFont(codeFont(-0.5));
  editor->setGeometry(option.rect.adjusted(static_cast<int>(kLeft + kDot + 2), 0, 0, 0));
}

} // namespace polyloom
