#include "views/code_view.h"

#include "views/code_links.h"

#include <QComboBox>
#include <QVBoxLayout>

#include <utility>

namespace polyloom {

namespace {

CodeEditor::Language languageOf(CodeView::Kind kind) {
  const bool isC = kind == CodeView::Kind::C || kind == CodeView::Kind::PlainC || kind == CodeView::Kind::IslSyntax;
  return isC ? CodeEditor::Language::C : CodeEditor::Language::Plain;
}

/// How a comment starts in texts of this kind.
QString commentOf(CodeView::Kind kind) {
  if (languageOf(kind) == CodeEditor::Language::C)
    return QStringLiteral("// ");
  const bool isLlvm = kind == CodeView::Kind::Llvm || kind == CodeView::Kind::PlainLlvm;
  return isLlvm ? QStringLiteral("; ") : QStringLiteral("# ");
}

} // namespace

CodeView::CodeView(Selection& selection, QWidget* parent)
    : QWidget(parent), combo_(new QComboBox(this)), editor_(new CodeEditor(this)) {
  setObjectName(QStringLiteral("codeView"));
  combo_->setObjectName(QStringLiteral("codeKind"));
  combo_->setAccessibleName(tr("Kind of generated code"));
  const std::pair<Kind, QString> kinds[] = {
      {Kind::C, tr("C + OpenMP")},           {Kind::PlainC, tr("C")},
      {Kind::Llvm, tr("LLVM IR")},           {Kind::PlainLlvm, tr("LLVM IR, not optimized")},
      {Kind::Assembly, tr("assembly")},      {Kind::IslSchedule, tr("isl schedule tree")},
      {Kind::IslSyntax, tr("isl syntax tree")}, {Kind::OpenScop, tr("OpenScop")}};
  for (const auto& [kind, name] : kinds)
    combo_->addItem(name, QVariant::fromValue(kind));
  combo_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  combo_->setMinimumContentsLength(10);
  editor_->setObjectName(QStringLiteral("codeEditor"));
  editor_->setAccessibleName(tr("Generated code"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(editor_);
  connect(combo_, &QComboBox::currentIndexChanged, this, [this] { setKind(combo_->currentData().value<Kind>()); });
  linkToSelection(*editor_, selection);
}

void CodeView::setTheme(const Theme& theme) {
  editor_->setTheme(theme);
}

void CodeView::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  // The points come with a second snapshot of the same schedule: no reason to ask again.
  const bool isSame = schedule && schedule_ && schedule->recipe == schedule_->recipe && kind_ != Kind::C && !isStale_;
  schedule_ = std::move(schedule);
  if (isSame)
    return;
  isStale_ = true;
  refresh();
}

void CodeView::setKind(Kind kind) {
  if (kind == kind_)
    return;
  kind_ = kind;
  combo_->setCurrentIndex(combo_->findData(QVariant::fromValue(kind)));
  isStale_ = true;
  refresh();
}

void CodeView::refresh() {
  if (kind_ == Kind::C) {
    isStale_ = false;
    showLines(schedule_ ? schedule_->code : std::vector<CodeLine>{});
  } else if (isStale_ && isVisible() && schedule_) {
    isStale_ = false;
    setNotice(kind_, tr("being made …"));
    Q_EMIT textRequested(kind_);
  }
}

void CodeView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  refresh();
}

void CodeView::setLines(Kind kind, const std::vector<CodeLine>& lines) {
  if (kind == kind_ && kind != Kind::C)
    showLines(lines);
}

void CodeView::setNotice(Kind kind, const QString& notice) {
  if (kind == kind_)
    editor_->setCode(commentOf(kind) + notice, {}, languageOf(kind));
}

void CodeView::showLines(const std::vector<CodeLine>& lines) {
  LinkedText linked = linkedText(lines);
  editor_->setCode(linked.text, std::move(linked.origins), languageOf(kind_));
}

} // namespace polyloom
