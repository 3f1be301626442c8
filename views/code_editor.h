// A read-only text with C's colors, line numbers, and lines that belong to statements.
#pragma once

#include "views/qscintilla.h"
#include "views/theme.h"

#include <QTimer>

#include <vector>

namespace polyloom {

/// What a line of text stands for.
struct LineOrigin {
  int statement = -1; ///< index, or -1
  QString loop;       ///< name, or empty
  bool isRegionMark = false;
  bool isError = false; ///< why the file was refused
};

/// Shows code; marks each statement's lines in its color; tells which line the pointer and the caret are on.
class CodeEditor : public QsciScintilla {
  Q_OBJECT

public:
  enum class Language { C, Plain };

  explicit CodeEditor(QWidget* parent = nullptr);

  void setTheme(const Theme& theme);
  /// Replaces the text. `origins` holds one entry per line, or fewer.
  void setCode(const QString& text, std::vector<LineOrigin> origins, Language language = Language::C);
  /// Emphasizes all lines of a statement (-1: none) and of a loop (empty: none).
  void highlight(int statement, const QString& loop);
  /// Lights all lines of these statements and of a loop while the pointer is on them elsewhere or here.
  void light(const std::vector<int>& statements, const QString& loop, bool scrolls = false);
  /// Lines (from 0) that are lit.
  std::vector<int> litLines() const;
  /// Makes the lines of these statements glow for a moment.
  void flash(const std::vector<int>& statements);
  int flashedLines() const { return flashed_; }
  const std::vector<LineOrigin>& origins() const { return origins_; }
  /// Lines (from 0) that carry the statement's marker.
  std::vector<int> linesOf(int statement) const;
  int highlightedLines() const { return highlighted_; }
  /// The middle of a line's text on the viewport.
  QPoint positionOf(int line) const;

Q_SIGNALS:
  void lineHovered(int line); ///< -1: none
  void lineClicked(int line);

protected:
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;

private:
  void defineMarkers();
  void applyLexer();
  void markLines();
  void markLit();
  int lineUnder(const QPointF& position) const;

  Theme theme_ = Theme::make(Theme::Kind::Light);
  Language language_ = Language::C;
  std::vector<LineOrigin> origins_;
  int statement_ = -1;
  QString loop_;
  int hoveredLine_ = -1;
  int highlighted_ = 0;
  std::vector<int> litStatements_;
  QString litLoop_;
  int flashed_ = 0;
  QTimer flashEnd_;
};

} // namespace polyloom
