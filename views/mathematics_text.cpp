#include "views/mathematics_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace polyloom {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Mathematics", text);
}

QString escaped(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped();
}

QString heading(const QString& text) {
  return QStringLiteral("<p class=\"head\"><b>%1</b></p>").arg(text);
}

QString notation(const std::string& text) {
  return QStringLiteral("<pre>%1</pre>").arg(escaped(text));
}

/// Numbers below their columns, as fixed-pitch text: a table of as many cells takes Qt a tenth of a second to lay out.
class NumberTable {
public:
  NumberTable(const QString& corner, const std::vector<std::string>& columns) {
    addLine(corner);
    for (const std::string& column : columns)
      lines_.back().cells << QString::fromStdString(column);
  }

  void addRow(const std::string& name, const std::vector<std::int64_t>& numbers, const QString& remark = {}) {
    addLine(QString::fromStdString(name));
    for (const std::int64_t number : numbers)
      lines_.back().cells << QString::number(number);
    lines_.back().remark = remark;
  }

  void addTexts(const QString& name, const QStringList& texts) {
    addLine(name);
    lines_.back().cells = texts;
  }

  void addTextRow(const std::string& name, const std::string& text) {
    addLine(QString::fromStdString(name));
    lines_.back().remark = QString::fromStdString(text);
  }

  QString html() const {
    QList<qsizetype> widths;
    qsizetype names = 0;
    for (const Line& line : lines_) {
      names = std::max(names, line.name.size());
      widths.resize(std::max(widths.size(), line.cells.size()));
      for (qsizetype c = 0; c < line.cells.size(); ++c)
        widths[c] = std::max(widths[c], line.cells[c].size());
    }
    QString text;
    for (const Line& line : lines_) {
      const bool isHeading = &line == &lines_.front();
      QString row = line.name.leftJustified(names).toHtmlEscaped();
      for (qsizetype c = 0; c < line.cells.size(); ++c) {
        const QString cell = QStringLiteral("  ") + line.cells[c].rightJustified(widths[c]).toHtmlEscaped();
        // Zeros step back: what is there shows.
        row += !isHeading && line.cells[c] == QLatin1String("0") ? QStringLiteral("<span class=\"zero\">%1</span>").arg(cell) : cell;
      }
      row += (line.remark.isEmpty() ? QString() : QStringLiteral("  ")) + line.remark.toHtmlEscaped();
      text += (isHeading ? QStringLiteral("<span class=\"columns\">%1</span>").arg(row) : row) + QLatin1Char('\n');
    }
    return QStringLiteral("<pre>%1</pre>").arg(text.chopped(1));
  }

private:
  struct Line {
    QString name;
    QStringList cells;
    QString remark;
  };
  void addLine(const QString& name) { lines_.push_back({name, {}, {}}); }

  std::vector<Line> lines_;
};

QString matrixHtml(const QString& corner, const AffineMatrix& matrix) {
  if (matrix.rows.empty())
    return {};
  NumberTable table(corner, matrix.columns);
  for (const AffineMatrix::Row& row : matrix.rows)
    if (row.coefficients.empty())
      table.addTextRow(row.name, row.text);
    else
      table.addRow(row.name, row.coefficients);
  return table.html();
}

QString constraintsHtml(const std::vector<ConstraintTable>& tables) {
  QString text;
  for (const ConstraintTable& constraints : tables) {
    if (!text.isEmpty())
      text += QStringLiteral("<p>%1</p>").arg(tr("or"));
    NumberTable table(QString(), constraints.columns);
    for (const ConstraintTable::Row& row : constraints.rows)
      table.addRow({}, row.coefficients, row.isEquality ? QStringLiteral("= 0") : QStringLiteral("≥ 0"));
    text += table.html();
  }
  return text;
}

/// Matrices beside each other.
QString beside(const QStringList& parts) {
  QString cells;
  for (const QString& part : parts)
    if (!part.isEmpty())
      cells += QStringLiteral("<td style=\"padding-right:24px\">%1</td>").arg(part);
  return QStringLiteral("<table><tr>%1</tr></table>").arg(cells);
}

QString page(const QString& body, const Theme& theme) {
  const QString style =
      QStringLiteral("body { color:%1 } p { margin-top:4px; margin-bottom:2px } pre { font-family:monospace; "
                     "margin-top:2px; margin-bottom:4px } .columns { color:%2 } .zero { color:%3 } "
                     ".head { margin-top:8px }")
          .arg(theme.text.name(), theme.mutedText.name(), theme.faintText.name());
  return QStringLiteral("<html><head><style>%1</style></head><body>%2</body></html>").arg(style, body);
}


QString statementHtml(const StatementMathematics& statement) {
  QString text = QStringLiteral("<a name=\"%1\"></a>").arg(escaped(statement.name)) +
                 heading(tr("%1: domain").arg(escaped(statement.name))) +
                 beside({notation(statement.domain), constraintsHtml(statement.constraints)});
  for (const StatementPlace& place : statement.places)
    text += heading(tr("%1: new order").arg(escaped(statement.name))) + matrixHtml(tr("loop"), place.order);
  for (std::size_t a = 0; a < statement.accesses.size(); ++a) {
    const StatementMathematics::Access& access = statement.accesses[a];
    QStringList matrices{matrixHtml(tr("in the source"), access.matrix)};
    for (const StatementPlace& place : statement.places)
      matrices << matrixHtml(tr("in the new order"), place.accesses[a]);
    text += heading(tr("%1 %2").arg(escaped(statement.name), escaped(access.text))) + beside(matrices);
  }
  return text;
}

QString vectorHtml(const QString& name, const DirectionVector& vector) {
  if (!vector.isKnown)
    return QStringLiteral("<p>%1</p>").arg(tr("%1: more work than allowed").arg(name));
  if (vector.loops.empty())
    return QStringLiteral("<p>%1</p>").arg(tr("%1: no common loop; the order of statements keeps it or not").arg(name));
  NumberTable table(name, vector.loops);
  QStringList signs, ranges;
  for (const DirectionEntry& entry : vector.entries) {
    signs << QString::fromStdString(toText(entry));
    ranges << QString::fromStdString(rangeText(entry));
  }
  table.addTexts(tr("vector"), signs);
  table.addTexts(tr("distance"), ranges);
  return table.html();
}

void addMatrix(const QString& statement, const QString& what, const AffineMatrix& matrix, QList<QStringList>& rows) {
  for (const AffineMatrix::Row& row : matrix.rows) {
    QStringList columns, numbers;
    for (const std::string& column : matrix.columns)
      columns << QString::fromStdString(column);
    for (const std::int64_t number : row.coefficients)
      numbers << QString::number(number);
    if (row.coefficients.empty())
      numbers << QString::fromStdString(row.text);
    rows << (QStringList{statement, what, QString::fromStdString(row.name), columns.join(QLatin1Char(' '))} << numbers);
  }
}

} // namespace

QString statementsPage(const MathematicsSnapshot& mathematics, const Theme& theme) {
  QString body;
  for (const StatementMathematics& statement : mathematics.statements)
    body += statementHtml(statement);
  return page(body, theme);
}

QString dependencePage(const DependenceMathematics& dependence, const Theme& theme) {
  QStringList vectors;
  if (dependence.source)
    vectors << vectorHtml(tr("in the source"), *dependence.source);
  for (const DirectionVector& vector : dependence.reordered)
    vectors << vectorHtml(tr("in the new order"), vector);
  return page(beside(vectors) + heading(tr("Polyhedron")) +
                  beside({notation(dependence.relation), constraintsHtml(dependence.constraints)}),
              theme);
}

QList<QStringList> matrixTable(const MathematicsSnapshot& mathematics) {
  QList<QStringList> rows = {{tr("Statement"), tr("Matrix"), tr("Row"), tr("Columns"), tr("Coefficients")}};
  for (const StatementMathematics& statement : mathematics.statements) {
    const QString name = QString::fromStdString(statement.name);
    for (const StatementPlace& place : statement.places)
      addMatrix(name, tr("new order"), place.order, rows);
    for (std::size_t a = 0; a < statement.accesses.size(); ++a) {
      const QString access = QString::fromStdString(statement.accesses[a].text);
      addMatrix(name, tr("%1, in the source").arg(access), statement.accesses[a].matrix, rows);
      for (const StatementPlace& place : statement.places)
        addMatrix(name, tr("%1, in the new order").arg(access), place.accesses[a], rows);
    }
  }
  return rows;
}

QList<QStringList> constraintTable(const DependenceMathematics& dependence) {
  QList<QStringList> rows;
  for (std::size_t part = 0; part < dependence.constraints.size(); ++part) {
    const ConstraintTable& table = dependence.constraints[part];
    QStringList header{tr("Part")};
    for (const std::string& column : table.columns)
      header << QString::fromStdString(column);
    rows << (header << QString());
    for (const ConstraintTable::Row& row : table.rows) {
      QStringList fields{QString::number(part + 1)};
      for (const std::int64_t number : row.coefficients)
        fields << QString::number(number);
      rows << (fields << (row.isEquality ? QStringLiteral("= 0") : QStringLiteral(">= 0")));
    }
  }
  return rows;
}

} // namespace polyloom
