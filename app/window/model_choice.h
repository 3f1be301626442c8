// Which cost model predicts: a file of weights, and the program that reads it.
#pragma once

#include <QString>
#include <QStringList>

namespace polyloom {

struct ModelChoice {
  QString weights; ///< a file; empty: the one that comes with Polyloom, if the command is Polyloom's own
  QString command; ///< any that speaks the protocol of models/PROTOCOL.md; empty: polyloom-model

  friend bool operator==(const ModelChoice&, const ModelChoice&) = default;
};

/// The file of weights to use; empty: there is none, or the command knows its own.
QString weightsOf(const ModelChoice& choice);

/// The program and its arguments; empty where Polyloom's own was not built and no other is named.
QStringList commandOf(const ModelChoice& choice);

/// What people call it: the file's name, or the command's.
QString nameOf(const ModelChoice& choice);

} // namespace polyloom
