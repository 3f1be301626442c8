#include "views/code_editor.h"

#include <QMouseEvent>

#include <algorithm>
#include <utility>

namespace polyloom {

namespace {

// Marker numbers: bars in the margin, then tinted lines, then states.
constexpr int kTintMarker = kStatementColors;
constexpr int kRegionMarker = 2 * kStatementColors;
constexpr int kSelectedMarker = kRegionMarker + 1;
constexpr int kErrorMarker = kRegionMarker + 2;
constexpr int kFlashMarker = kRegionMarker + 3;
constexpr int kLitMarker = kRegionMarker + 4;
constexpr int kFlashMilliseconds = 1500;
constexpr int kNumberMargin = 0;
constexpr int kBarMargin = 1;

QColor colorOf(const Theme& theme, int style) {
  switch (style) {
  case QsciLexerCPP::Keyword:
  case QsciLexerCPP::KeywordSet2:
    return theme.keyword;
  case QsciLexerCPP::Number:
    return theme.number;
  case QsciLexerCPP::Comment:
  case QsciLexerCPP::CommentLine:
  case QsciLexerCPP::CommentDoc:
  case QsciLexerCPP::CommentLineDoc:
    return theme.comment;
  case QsciLexerCPP::PreProcessor:
    return theme.preprocessor;
  case QsciLexerCPP::DoubleQuotedString:
  case QsciLexerCPP::SingleQuotedString:
    return theme.string;
  default:
    return theme.text;
  }
}

} // namespace

CodeEditor::CodeEditor(QWidget* parent) : QsciScintilla(parent) {
  setReadOnly(true);
  setFrameShape(QFrame::NoFrame);
  setUtf8(true);
  setCaretLineVisible(false);
  setMarginType(kNumberMargin, NumberMargin);
  setMarginType(kBarMargin, SymbolMargin);
  setMarginWidth(kBarMargin, 6);
  setMarginWidth(2, 0);
  setMarginMarkerMask(kBarMargin, (1 << kStatementColors) - 1);
  setMarginMarkerMask(kNumberMargin, 0);
  setExtraAscent(1);
  setExtraDescent(2);
  setWrapMode(WrapNone);
  SendScintilla(SCI_SETSCROLLWIDTH, 10);
  SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1);
  SendScintilla(SCI_SETMARGINLEFT, 0UL, 6L);
  setMouseTracking(true);
  viewport()->setMouseTracking(true);
  flashEnd_.setSingleShot(true);
  flashEnd_.setInterval(kFlashMilliseconds);
  connect(&flashEnd_, &QTimer::timeout, this, [this] {
    markerDeleteAll(kFlashMarker);
    flashed_ = 0;
  });
  setTheme(theme_);
}

void CodeEditor::setTheme(const Theme& theme) {
  theme_ = theme;
  defineMarkers();
  applyLexer();
  setMarginsBackgroundColor(theme.panel);
  setMarginsForegroundColor(theme.faintText);
  setMarginsFont(codeFont(-2));
  setCaretForegroundColor(theme.text);
  setSelectionBackgroundColor(theme.accent);
  setSelectionForegroundColor(theme.accentText);
  markLines();
}

void CodeEditor::defineMarkers() {
  for (int k = 0; k < kStatementColors; ++k) {
    markerDefine(FullRectangle, k);
    setMarkerBackgroundColor(theme_.statement(k), k);
    setMarkerForegroundColor(theme_.statement(k), k);
    markerDefine(Background, kTintMarker + k);
    setMarkerBackgroundColor(theme_.statementTint(k), kTintMarker + k);
  }
  markerDefine(Background, kRegionMarker);
  setMarkerBackgroundColor(theme_.title, kRegionMarker);
  markerDefine(Background, kSelectedMarker);
  setMarkerBackgroundColor(theme_.selection, kSelectedMarker);
  markerDefine(Background, kErrorMarker);
  setMarkerBackgroundColor(theme_.violationTint, kErrorMarker);
  markerDefine(Background, kFlashMarker);
  setMarkerBackgroundColor(theme_.violationTint, kFlashMarker);
  markerDefine(Background, kLitMarker);
  setMarkerBackgroundColor(theme_.note, kLitMarker);
}

void CodeEditor::applyLexer() {
  QsciLexer* old = lexer();
  const QFont font = codeFont(-1);
  if (language_ == Language::C) {
    auto* fresh = new QsciLexerCPP(this);
    fresh->setDefaultFont(font);
    fresh->setFont(font, -1);
    fresh->setDefaultPaper(theme_.panel);
    fresh->setPaper(theme_.panel, -1);
    fresh->setDefaultColor(theme_.text);
    for (int style = 0; style < 128; ++style)
      fresh->setColor(colorOf(theme_, style), style);
    fresh->setFoldPreprocessor(false);
    setLexer(fresh);
  } else {
    setLexer(nullptr);
    setFont(font);
    setPaper(theme_.panel);
    setColor(theme_.text);
  }
  delete old;
}

void CodeEditor::setCode(const QString& text, std::vector<LineOrigin> origins, Language language) {
  if (language != language_) {
    language_ = language;
    applyLexer();
  }
  origins_ = std::move(origins);
  hoveredLine_ = -1;
  setReadOnly(false);
  setText(text);
  setReadOnly(true);
  setMarginsFont(codeFont(-2));
  setMarginWidth(kNumberMargin, QString(QString::number(std::max(lines(), 10)).size() + 1, QLatin1Char('9')));
  SendScintilla(SCI_SETSCROLLWIDTH, 10);
  markLines();
}

void CodeEditor::highlight(int statement, const QString& loop) {
  if (statement == statement_ && loop == loop_)
    return;
  statement_ = statement;
  loop_ = loop;
  markLines();
}

void CodeEditor::markLines() {
  markerDeleteAll();
  highlighted_ = 0;
  int first = -1;
  for (int line = 0; line < static_cast<int>(origins_.size()) && line < lines(); ++line) {
    const LineOrigin& origin = origins_[static_cast<std::size_t>(line)];
    const bool selected =
        (statement_ >= 0 && origin.statement == statement_) || (!loop_.isEmpty() && origin.loop == loop_);
    if (origin.isError)
      markerAdd(line, kErrorMarker);
    if (origin.isRegionMark)
      markerAdd(line, kRegionMarker);
    if (origin.statement >= 0) {
      markerAdd(line, origin.statement % kStatementColors);
      if (!selected)
        markerAdd(line, kTintMarker + origin.statement % kStatementColors);
    }
    if (selected) {
      markerAdd(line, kSelectedMarker);
      first = first < 0 ? line : first;
      ++highlighted_;
    }
  }
  if (first >= 0 && !hasFocus() && hoveredLine_ < 0)
    ensureLineVisible(first);
  markLit();
}

void CodeEditor::light(const std::vector<int>& statements, const QString& loop, bool scrolls) {
  if (statements == litStatements_ && loop == litLoop_)
    return;
  litStatements_ = statements;
  litLoop_ = loop;
  markLit();
  if (const std::vector<int> lit = litLines(); scrolls && !lit.empty() && hoveredLine_ < 0)
    ensureLineVisible(lit.front());
}

void CodeEditor::markLit() {
  markerDeleteAll(kLitMarker);
  if (litStatements_.empty() && litLoop_.isEmpty())
    return;
  for (int line = 0; line < static_cast<int>(origins_.size()) && line < lines(); ++line) {
    const LineOrigin& origin = origins_[static_cast<std::size_t>(line)];
    const bool isOfStatement = origin.statement >= 0 && std::ranges::find(litStatements_, origin.statement) != litStatements_.end();
    if (isOfStatement || (!litLoop_.isEmpty() && origin.loop == litLoop_))
      markerAdd(line, kLitMarker);
  }
}

std::vector<int> CodeEditor::litLines() const {
  std::vector<int> result;
  for (int line = markerFindNext(0, 1U << kLitMarker); line >= 0; line = markerFindNext(line + 1, 1U << kLitMarker))
    result.push_back(line);
  return result;
}

QPoint CodeEditor::positionOf(int line) const {
  const long at = SendScintilla(SCI_GETLINEINDENTPOSITION, static_cast<unsigned long>(line));
  const long x = SendScintilla(SCI_POINTXFROMPOSITION, 0UL, at), y = SendScintilla(SCI_POINTYFROMPOSITION, 0UL, at);
  return {static_cast<int>(x) + 2, static_cast<int>(y + SendScintilla(SCI_TEXTHEIGHT, 0UL) / 2)};
}

void CodeEditor::flash(const std::vector<int>& statements) {
  markerDeleteAll(kFlashMarker);
  flashed_ = 0;
  int first = -1;
  for (const int statement : statements)
    for (const int line : linesOf(statement)) {
      markerAdd(line, kFlashMarker);
      first = first < 0 ? line : std::min(first, line);
      ++flashed_;
    }
  if (first >= 0)
    ensureLineVisible(first);
  flashEnd_.start();
}

std::vector<int> CodeEditor::linesOf(int statement) const {
  std::vector<int> result;
  for (int line = 0; line < lines(); ++line)
    if (static_cast<std::size_t>(line) < origins_.size() &&
        origins_[static_cast<std::size_t>(line)].statement == statement &&
        (markersAtLine(line) & (1U << (statement % kStatementColors))) != 0)
      result.push_back(line);
  return result;
}

int CodeEditor::lineUnder(const QPointF& position) const {
  const int line = lineAt(position.toPoint());
  return line < static_cast<int>(origins_.size()) ? line : -1;
}

void CodeEditor::mouseMoveEvent(QMouseEvent* event) {
  QsciScintilla::mouseMoveEvent(event);
  const int line = lineUnder(event->position());
  if (std::exchange(hoveredLine_, line) != line)
    Q_EMIT lineHovered(line);
}

void CodeEditor::mouseReleaseEvent(QMouseEvent* event) {
  QsciScintilla::mouseReleaseEvent(event);
  if (event->button() == Qt::LeftButton && !hasSelectedText())
    Q_EMIT lineClicked(lineUnder(event->position()));
}

void CodeEditor::leaveEvent(QEvent* event) {
  QsciScintilla::leaveEvent(event);
  hoveredLine_ = -1;
  Q_EMIT lineHovered(-1);
}

void CodeEditor::keyReleaseEvent(QKeyEvent* event) {
  QsciScintilla::keyReleaseEvent(event);
  if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
    return;
  int line = 0, index = 0;
  getCursorPosition(&line, &index);
  Q_EMIT lineClicked(line);
}

} // namespace polyloom
