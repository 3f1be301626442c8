#include "views/code_view.h"

#include <QComboBox>
#include <QVBoxLayout>

namespace polyloom {

CodeView::CodeView(Selection& selection, QWidget* parent)
    : QWidget(parent), selection_(selection), combo_(new QComboBox(this)), editor_(new CodeEditor(this)) {
  setObjectName(QStringLiteral("codeView"));
  combo_->setObjectName(QStringLiteral("codeKind"));
  combo_->setAccessibleName(tr("Kind of generated code"));
  combo_->addItem(tr("C + OpenMP"), QVariant::fromValue(Kind::C));
  combo_->addItem(tr("LLVM IR"), QVariant::fromValue(Kind::Llvm));
  combo_->addItem(tr("assembly"), QVariant::fromValue(Kind::Assembly));
  editor_->setObjectName(QStringLiteral("codeEditor"));
  editor_->setAccessibleName(tr("Generated code"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(editor_);
  connect(combo_, &QComboBox::currentIndexChanged, this, [this] { setKind(combo_->currentData().value<Kind>()); });
  connect(editor_, &CodeEditor::lineHovered, this, [this](int line) {
    const LineOrigin* origin = originAt(line);
    selection_.hoverStatement(origin ? origin->statement : -1);
  });
  connect(editor_, &CodeEditor::lineClicked, this, [this](int line) {
    const LineOrigin* origin = originAt(line);
    if (origin && origin->statement >= 0)
      selection_.selectStatement(origin->statement);
    else if (origin && !origin->loop.isEmpty())
      selection_.selectLoop(origin->loop);
    else
      selection_.clear();
  });
  connect(&selection_, &Selection::changed, this, &CodeView::applySelection);
  connect(&selection_, &Selection::hoverChanged, this, &CodeView::applySelection);
}

const LineOrigin* CodeView::originAt(int line) const {
  const auto& origins = editor_->origins();
  return line >= 0 && static_cast<std::size_t>(line) < origins.size() ? &origins[static_cast<std::size_t>(line)]
                                                                      : nullptr;
}

void CodeView::setTheme(const Theme& theme) {
  editor_->setTheme(theme);
}

void CodeView::setSchedule(std::shared_ptr<const ScheduleSnapshot> schedule) {
  schedule_ = std::move(schedule);
  if (kind_ == Kind::C)
    showC();
  else if (schedule_)
    Q_EMIT textRequested(kind_);
}

void CodeView::setKind(Kind kind) {
  if (kind == kind_)
    return;
  kind_ = kind;
  combo_->setCurrentIndex(combo_->findData(QVariant::fromValue(kind)));
  if (kind == Kind::C) {
    showC();
  } else {
    editor_->setCode(tr("; being compiled …"), {}, CodeEditor::Language::Plain);
    if (schedule_)
      Q_EMIT textRequested(kind);
  }
}

void CodeView::setText(Kind kind, const QString& text) {
  if (kind == kind_ && kind != Kind::C)
    editor_->setCode(text, {}, CodeEditor::Language::Plain);
}

void CodeView::showC() {
  QString text;
  std::vector<LineOrigin> origins;
  for (const CodeLine& line : schedule_ ? schedule_->code : std::vector<CodeLine>{}) {
    text += QString::fromStdString(line.text) + QLatin1Char('\n');
    origins.push_back({line.statement, QString::fromStdString(line.loop), false});
  }
  editor_->setCode(text, std::move(origins));
}

void CodeView::applySelection() {
  const int hovered = selection_.hoveredStatement();
  editor_->highlight(hovered >= 0 ? hovered : selection_.statement(), selection_.loop());
}

} // namespace polyloom
