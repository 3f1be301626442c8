#include "app/window/recipe_program.h"

#include <QDir>
#include <QFileInfo>

namespace polyloom {

Result<QString> programOfRecipe(const QString& recipePath) {
  const QFileInfo info(recipePath);
  for (const QString& base : {info.completeBaseName(), info.baseName()})
    for (const char* suffix : {".c", ".poly", ".scop"})
      if (const QString path = info.dir().filePath(base + QLatin1String(suffix)); QFileInfo::exists(path))
        return path;
  return failure("no-program", "there is no program beside " + recipePath.toStdString() + "; give the program and the recipe with --recipe");
}

} // namespace polyloom
