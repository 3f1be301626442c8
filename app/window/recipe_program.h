// The program that a recipe file belongs to.
#pragma once

#include "core/base/diagnostic.h"

#include <QString>

namespace polyloom {

/// The program beside the recipe: gemm.c, gemm.poly or gemm.scop for gemm.recipe, gemm.fast.recipe and so on. Refuses where
/// there is none.
Result<QString> programOfRecipe(const QString& recipePath);

} // namespace polyloom
