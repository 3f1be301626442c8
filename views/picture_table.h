// The figures behind a picture.
#pragma once

#include "views/exporter.h"
#include "views/picture.h"

namespace polyloom {

/// Domain: an instance a row, in the new order. Dependences: a pair of instances a row. Tree: a loop or statement a row.
std::vector<QStringList> tableOf(const Picture& picture);

/// The picture with its table, to be written to a file.
Exportable exportableOf(const Picture& picture);

} // namespace polyloom
