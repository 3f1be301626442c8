// Random steps that fit a schedule, for properties.
#pragma once

#include "core/schedule/catalogue.h"
#include "core/schedule/schedule.h"

#include <map>
#include <random>
#include <string>
#include <vector>

namespace polyloom::test {

/// Draws recipes of one to four steps of all kinds of the catalogue; refused draws are thrown away. The same seed gives the same recipes.
class RandomRecipes {
public:
  explicit RandomRecipes(unsigned seed) : engine_(seed) {}

  /// A schedule of `scop` with at least one step.
  Schedule draw(const ScopPtr& scop);

  /// How often each kind of step was applied so far.
  const std::map<std::string, int>& applied() const { return applied_; }

private:
  std::string line(const Schedule& schedule);
  std::string word(const Schedule& schedule, const StepParameter& parameter);
  /// Up to `count` loops, each directly inside the one before.
  std::vector<std::string> nest(const Schedule& schedule, std::size_t count);
  /// The rows of a unimodular matrix, mostly: one in ten has another determinant.
  std::string matrix(std::size_t size);
  std::string pick(const std::vector<std::string>& words);
  int between(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }

  std::mt19937 engine_;
  std::map<std::string, int> applied_;
};

/// "tile i j by 2 3; reverse i", for messages.
std::string recipeText(const Schedule& schedule);

} // namespace polyloom::test
