#include "core/generate/random_recipe.h"

#include "core/base/check.h"
#include "core/codegen/access_text.h"
#include "core/isl/context.h"
#include "core/schedule/step_form.h"
#include "core/schedule/steps/schedule.h"
#include "core/schedule/tree_edit.h"

#include <algorithm>

namespace polyloom {

namespace {

/// Fills the blanks of one step from left to right.
class StepWriter {
public:
  StepWriter(const Schedule& schedule, const StepKind& kind, Random& random)
      : schedule_(schedule), kind_(kind), random_(random), loops_(loopNames(schedule.tree())) {}

  std::string write() {
    const bool takesOptions = random_.oneIn(4);
    for (const FormItem& item : parseForm(kind_)) {
      if (item.isOptional && (!takesOptions || loops_.empty()))
        continue;
      if (item.parameter == nullptr)
        text_ += " " + item.text;
      else
        blank(*item.parameter);
    }
    return text_.substr(1);
  }

private:
  using Kind = StepParameter::Kind;

  void put(const std::string& word) { text_ += " " + word; }

  void blank(const StepParameter& parameter) {
    switch (parameter.kind) {
    case Kind::Loop: named_.push_back(loop()); put(named_.back()); break;
    case Kind::Loops: nest(); break;
    case Kind::Statement: put(statement()); break;
    case Kind::Integer: put(integer(parameter)); break;
    case Kind::Factor: put(random_.oneIn(4) ? "full" : integer(parameter)); break;
    case Kind::Integers:
      for (std::size_t k = 0; k < named_.size(); ++k)
        put(integer(parameter));
      break;
    case Kind::Affine: put(amount()); break;
    case Kind::NewNames:
      for (std::size_t k = 0; k < named_.size(); ++k)
        put(freshName(schedule_.tree(), "x" + std::to_string(k)));
      break;
    case Kind::Array: put(array()); break;
    case Kind::Accesses: put(random_.oneIn(3) ? access() : array()); break;
    case Kind::Choice: put(std::string(random_.pick(parameter.choices))); break;
    case Kind::Matrix: matrix(); break;
    case Kind::Layout: put(named_.back()); break;
    case Kind::Text: put("\"\""); break;
    }
  }

  /// A loop; after another one rather a neighbor of it in the tree's order: those nest, or stand side by side.
  std::string loop() {
    if (loops_.empty())
      return "i";
    if (named_.empty() || random_.oneIn(3))
      return random_.pick(loops_);
    const auto at = std::ranges::find(loops_, named_.back());
    const bool hasNext = std::next(at) != loops_.end();
    if (hasNext && (at == loops_.begin() || !random_.oneIn(4)))
      return *std::next(at);
    return at == loops_.begin() ? *at : *std::prev(at);
  }

  /// One to three loops, each the only child of the one before.
  void nest() {
    const std::size_t wanted = 1 + random_.below(3);
    const TreeNode* node = nullptr;
    if (!loops_.empty())
      node = pathToLoop(schedule_.tree(), random_.pick(loops_)).back().get();
    while (node != nullptr && node->isLoop() && named_.size() < wanted) {
      named_.push_back(node->name);
      put(node->name);
      node = node->children.front().get();
    }
    if (named_.empty())
      put("i");
  }

  /// A statement, below the step's loop where it names one.
  std::string statement() {
    if (named_.empty()) {
      const int count = static_cast<int>(schedule_.program().statements.size());
      return schedule_.program().statements[static_cast<std::size_t>(random_.between(0, count - 1))].name;
    }
    const auto path = pathToLoop(schedule_.tree(), named_.back());
    return random_.pick(statementsBelow(*path.back(), schedule_.program()));
  }

  std::string integer(const StepParameter& parameter) {
    if (parameter.minimum < 0)
      return random_.pick(std::vector<std::string>{"-2", "-1", "1", "1", "2"});
    return std::to_string(random_.between(static_cast<int>(std::max<std::int64_t>(parameter.minimum, 1)), 4));
  }

  std::string amount() {
    static const std::vector<std::string> kAmounts = {"-2", "-1", "-1", "1", "1", "1", "2", "3"};
    const std::vector<Parameter>& parameters = schedule_.program().parameters;
    if (!loops_.empty() && random_.oneIn(6)) // where loops may be cut, at a loop around them
      return random_.pick(loops_) + (random_.oneIn(2) ? "+1" : "");
    if (parameters.empty() || !random_.oneIn(6))
      return random_.pick(kAmounts);
    return random_.pick(parameters).name + (random_.oneIn(2) ? "-2" : "");
  }

  /// A variable, rather one of the region's own: only those can change their storage.
  std::string array() {
    std::vector<std::string> own, all;
    for (const Array& array : schedule_.program().arrays) {
      all.push_back(array.name);
      if (array.isLocal)
        own.push_back(array.name);
    }
    return random_.pick(own.empty() || random_.oneIn(4) ? all : own);
  }

  /// One of the accesses of a statement, as its source has it.
  std::string access() {
    const Scop& program = schedule_.program();
    const Statement& statement = program.statements[random_.below(program.statements.size())];
    std::string text = cellText(program, statement, statement.accesses[random_.below(statement.accesses.size())]);
    std::erase(text, ' ');
    return text;
  }

  /// A unimodular matrix: the identity after a few exchanges, negations and additions of rows.
  void matrix() {
    const std::size_t size = std::max<std::size_t>(named_.size(), 1);
    std::vector<std::vector<int>> rows(size, std::vector<int>(size, 0));
    for (std::size_t r = 0; r < size; ++r)
      rows[r][r] = 1;
    for (int change = random_.between(1, 3); change > 0; --change) {
      std::vector<int>& a = rows[random_.below(size)];
      std::vector<int>& b = rows[random_.below(size)];
      const int factor = random_.between(-1, 2);
      if (&a == &b)
        std::ranges::transform(a, a.begin(), [&](int x) { return random_.oneIn(4 * size) ? -x : x; });
      else if (factor == 0)
        std::swap(a, b);
      else
        std::ranges::transform(a, b, a.begin(), [&](int x, int y) { return x + factor * y; });
    }
    for (std::size_t r = 0; r < size; ++r)
      for (std::size_t c = 0; c < size; ++c)
        put(std::to_string(rows[r][c]) + (c + 1 == size && r + 1 < size ? ";" : ""));
  }

  const Schedule& schedule_;
  const StepKind& kind_;
  Random& random_;
  std::vector<std::string> loops_;
  std::vector<std::string> named_; ///< the step's loops so far
  std::string text_;
};

} // namespace

Result<Schedule> applyBounded(const Schedule& schedule, const Step& step) {
  constexpr unsigned long kMostOperations = 150'000;
  const IslQuota quota(schedule.program().ctx(), kMostOperations);
  try {
    return apply(schedule, step);
  } catch (const isl::exception_quota&) {
    return failure("too-complex", "the step takes more work than a drawn one may");
  }
}

std::string randomStep(const Schedule& schedule, const StepKind& kind, Random& random) {
  if (kind.name == "schedule")
    return toText(makeScheduleStep(schedule.tree())); // the order that it has, without its attributes
  return StepWriter(schedule, kind, random).write();
}

Schedule RandomRecipes::draw(const ScopPtr& scop, const Accept& accept) {
  Schedule schedule = Schedule::original(scop);
  const auto wanted = static_cast<std::size_t>(random_.between(fewest_, most_));
  for (int attempt = 0; attempt < 60 && schedule.recipe().size() < wanted; ++attempt) {
    const std::optional<Schedule> next = drawStep(schedule);
    if (!next)
      continue;
    const bool isLast = next->recipe().size() == wanted;
    if (!accept || isLast || accept(*next))
      schedule = *next;
  }
  if (schedule.recipe().empty())
    return draw(scop, {});
  for (const Step& step : schedule.recipe())
    ++applied_[step.kind];
  return schedule;
}

std::optional<Schedule> RandomRecipes::drawStep(const Schedule& schedule) {
  constexpr int kTries = 4; // of words, before another kind has its turn: some kinds seldom fit
  const StepKind& kind = catalogue()[random_.below(catalogue().size())];
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const Result<Step> step = parseStep(randomStep(schedule, kind, random_));
    if (!step)
      continue;
    if (Result<Schedule> next = applyBounded(schedule, *step))
      return std::move(*next);
  }
  return std::nullopt;
}

std::string recipeText(const Schedule& schedule, const std::string& separator) {
  std::string text;
  for (const Step& step : schedule.recipe())
    text += (text.empty() ? "" : separator) + toText(step);
  return text;
}

} // namespace polyloom
