#include "views/comparison.h"

#include <QObject>

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>

namespace polyloom {

namespace {

using Kind = ComparisonRow::Kind;
using Rows = std::vector<ComparisonRow>;

/// Cells of the table behind an alignment; beyond that a person reads no differences either.
constexpr std::size_t kMostCells = 4'000'000;

QString heading(const QString& words, bool differs) {
  return differs ? words : QObject::tr("%1: no difference").arg(words);
}

/// Adds the section's rows below a heading that says whether they differ.
void addSection(Rows& rows, const QString& words, Rows section) {
  if (section.empty())
    return;
  const bool differs = std::ranges::any_of(section, [](const ComparisonRow& row) { return row.kind == Kind::Different; });
  rows.push_back({Kind::Heading, heading(words, differs), {}, {}});
  rows.insert(rows.end(), section.begin(), section.end());
}

void addPair(Rows& rows, const QString& what, const QString& a, const QString& b) {
  if (!a.isEmpty() || !b.isEmpty())
    rows.push_back({a == b ? Kind::Same : Kind::Different, what, a, b});
}

Rows figures(const ComparisonSide& a, const ComparisonSide& b) {
  const auto verdict = [](const ComparisonSide& side) { return QString::fromStdString(side.schedule->verdict.sentence); };
  Rows rows;
  addPair(rows, QObject::tr("verdict"), verdict(a), verdict(b));
  addPair(rows, QObject::tr("measured"), a.measured, b.measured);
  addPair(rows, QObject::tr("predicted"), a.predicted, b.predicted);
  return rows;
}

Rows alignedRows(const QStringList& a, const QStringList& b) {
  Rows rows;
  for (const auto& [left, right] : alignLines(a, b)) {
    const QString one = left < 0 ? QString() : a[left], other = right < 0 ? QString() : b[right];
    const bool same = left >= 0 && right >= 0 && one == other;
    rows.push_back({same ? Kind::Same : Kind::Different, {}, one, other});
  }
  return rows;
}

QStringList stepsOf(const ScheduleSnapshot& schedule) {
  QStringList lines;
  for (const StepInfo& step : schedule.steps)
    lines << QString::fromStdString(step.text);
  return lines;
}

QStringList codeOf(const ScheduleSnapshot& schedule) {
  QStringList lines;
  for (const CodeLine& line : schedule.code)
    lines << QString::fromStdString(line.text);
  return lines;
}

QString fateOf(const DependenceInfo& dependence) {
  if (dependence.violated)
    return QObject::tr("violated");
  return dependence.carriedBy.empty() ? QObject::tr("kept by statement order")
                                      : QObject::tr("carried by %1").arg(QString::fromStdString(dependence.carriedBy));
}

QString nameOf(const DependenceInfo& dependence) {
  const QString kind = dependence.kind == DependenceInfo::Kind::Flow   ? QObject::tr("flow")
                       : dependence.kind == DependenceInfo::Kind::Anti ? QObject::tr("anti")
                                                                       : QObject::tr("output");
  return QObject::tr("%1 on %2: %3 → %4")
      .arg(kind, QString::fromStdString(dependence.array), QString::fromStdString(dependence.from),
           QString::fromStdString(dependence.to));
}

/// Figures of the same name beside each other; a loop or an array may be on one side only.
Rows caches(const ComparisonSide& a, const ComparisonSide& b) {
  Rows rows;
  const auto find = [](const ComparisonSide& side, const QString& name) {
    const auto found = std::ranges::find(side.caches, name, [](const auto& figure) { return figure.first; });
    return found == side.caches.end() ? QObject::tr("not there") : found->second;
  };
  for (const auto& [name, figure] : a.caches)
    addPair(rows, name, figure, find(b, name));
  for (const auto& [name, figure] : b.caches)
    if (std::ranges::none_of(a.caches, [&](const auto& other) { return other.first == name; }))
      addPair(rows, name, QObject::tr("not there"), figure);
  return rows;
}

/// A dependence is the same one in both where its pairs of instances are: other storage has other dependences.
Rows dependences(const ScheduleSnapshot& a, const ScheduleSnapshot& b) {
  struct Fates {
    QString what, a, b;
  };
  std::vector<Fates> all;
  std::map<std::pair<QString, std::string>, std::size_t> places;
  const auto collect = [&](const ScheduleSnapshot& schedule, QString Fates::*side) {
    for (const DependenceInfo& each : schedule.dependences) {
      const auto [place, isNew] = places.emplace(std::pair(nameOf(each), each.relation), all.size());
      if (isNew)
        all.push_back({nameOf(each), QObject::tr("not there"), QObject::tr("not there")});
      all[place->second].*side = fateOf(each);
    }
  };
  collect(a, &Fates::a);
  collect(b, &Fates::b);
  Rows rows;
  for (const Fates& each : all)
    addPair(rows, each.what, each.a, each.b);
  return rows;
}

/// Lengths of the longest common subsequences of all ends of two ranges of lines.
class CommonLines {
public:
  CommonLines(const QStringList& a, const QStringList& b, int begin, int endA, int endB)
      : width_(static_cast<std::size_t>(endB - begin) + 1), begin_(begin),
        cells_((static_cast<std::size_t>(endA - begin) + 1) * width_, 0) {
    for (int i = endA - 1; i >= begin; --i)
      for (int j = endB - 1; j >= begin; --j)
        cell(i, j) = a[i] == b[j] ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
  }
  int& cell(int i, int j) {
    return cells_[static_cast<std::size_t>(i - begin_) * width_ + static_cast<std::size_t>(j - begin_)];
  }

private:
  std::size_t width_;
  int begin_;
  std::vector<int> cells_;
};

/// What stands on one side only is set beside what stands on the other side only, line by line.
void flush(std::vector<std::pair<int, int>>& pairs, int& a, int& b, int untilA, int untilB) {
  while (a < untilA || b < untilB) {
    pairs.emplace_back(a < untilA ? a : -1, b < untilB ? b : -1);
    a += a < untilA ? 1 : 0;
    b += b < untilB ? 1 : 0;
  }
}

} // namespace

std::vector<std::pair<int, int>> alignLines(const QStringList& a, const QStringList& b) {
  const int sizeA = static_cast<int>(a.size()), sizeB = static_cast<int>(b.size()), both = std::min(sizeA, sizeB);
  int begin = 0, common = 0; // equal lines at the start, at the end
  while (begin < both && a[begin] == b[begin])
    ++begin;
  while (common < both - begin && a[sizeA - 1 - common] == b[sizeB - 1 - common])
    ++common;
  const int endA = sizeA - common, endB = sizeB - common;
  std::vector<std::pair<int, int>> pairs;
  for (int k = 0; k < begin; ++k)
    pairs.emplace_back(k, k);
  int doneA = begin, doneB = begin;
  if (static_cast<std::size_t>(endA - begin) * static_cast<std::size_t>(endB - begin) <= kMostCells) {
    CommonLines lengths(a, b, begin, endA, endB);
    for (int i = begin, j = begin; i < endA && j < endB;)
      if (a[i] == b[j]) {
        flush(pairs, doneA, doneB, i, j);
        pairs.emplace_back(i++, j++);
        doneA = i;
        doneB = j;
      } else {
        lengths.cell(i + 1, j) >= lengths.cell(i, j + 1) ? ++i : ++j;
      }
  }
  flush(pairs, doneA, doneB, endA, endB);
  for (int k = 0; k < common; ++k)
    pairs.emplace_back(endA + k, endB + k);
  return pairs;
}

std::vector<ComparisonRow> compareSchedules(const ComparisonSide& a, const ComparisonSide& b) {
  Rows rows;
  if (!a.schedule || !b.schedule)
    return rows;
  addSection(rows, QObject::tr("Verdict and times"), figures(a, b));
  addSection(rows, QObject::tr("Recipe"), alignedRows(stepsOf(*a.schedule), stepsOf(*b.schedule)));
  const QString remark = a.cacheRemark.isEmpty() ? b.cacheRemark : a.cacheRemark;
  if (const Rows figures = caches(a, b); !figures.empty())
    addSection(rows, QObject::tr("Simulated caches (%1)").arg(remark), figures);
  else if (!remark.isEmpty())
    rows.push_back({Kind::Heading, QObject::tr("Simulated caches: %1").arg(remark), {}, {}});
  addSection(rows, QObject::tr("Dependences"), dependences(*a.schedule, *b.schedule));
  addSection(rows, QObject::tr("Code"), alignedRows(codeOf(*a.schedule), codeOf(*b.schedule)));
  return rows;
}

} // namespace polyloom
