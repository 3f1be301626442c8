// Matrices, sets and relations as pages of HTML and as tables of text.
#pragma once

#include "core/snapshot/mathematics.h"
#include "views/theme.h"

#include <QString>
#include <QStringList>

namespace polyloom {

/// Domain, access matrices and new order of each statement.
QString statementsPage(const MathematicsSnapshot& mathematics, const Theme& theme);

/// Vectors with their ranges, the relation, and its constraints.
QString dependencePage(const DependenceMathematics& dependence, const Theme& theme);

/// All matrices of the statements, row by row, the first one the header: statement, matrix, row, columns as a sum, numbers.
QList<QStringList> matrixTable(const MathematicsSnapshot& mathematics);

/// All constraints of the dependence in its relation's disjuncts, the first row the header.
QList<QStringList> constraintTable(const DependenceMathematics& dependence);

} // namespace polyloom
