#include "models/features/nest_outline.h"

#include "core/isl/extra.h"
#include "models/features/instance_count.h"
#include "models/features/moves.h"

#include <algorithm>
#include <cmath>

namespace polyloom {

namespace {

constexpr int kWalks = 24;      ///< per question; enough for some percent on triangles and skewed bands
constexpr std::size_t kMostRemembered = 20'000;
constexpr double kMostUnrolled = 32;  ///< copies of a small body that compilers make of short loops

/// form += factor · floor((coefficients·x + constant) / denominator)
void addQuotient(LoopForm& form, double factor, double denominator, const std::vector<double>& coefficients, double constant) {
  FloorPart part{.factor = factor, .form = {.coefficients = {}, .constant = constant / denominator},
                 .lost = (denominator - 1) / denominator};
  for (std::size_t d = 0; d < std::min(coefficients.size(), kMostDimensions); ++d) {
    part.form.coefficients[d] = coefficients[d] / denominator;
    form.value.coefficients[d] += factor * part.form.coefficients[d];
  }
  form.value.constant += factor * part.form.constant;
  (factor > 0 ? form.above : form.below) += std::abs(factor) * part.lost;
  if (part.lost > 0)
    form.floors.push_back(part);
}

void addForm(LoopForm& form, double factor, double denominator, const NumericForm& base) {
  addQuotient(form, factor, denominator, base.coefficients, base.constant);
  for (const NumericForm::Floor& floor : base.floors)
    addQuotient(form, factor * floor.factor / denominator, floor.denominator, floor.coefficients, floor.constant);
}

double product(const LinearForm& form, const std::vector<double>& move) {
  double sum = 0;
  for (std::size_t d = 0; d < move.size(); ++d)
    sum += form.coefficients[d] * move[d];
  return sum;
}

bool areParallel(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t d = 0; d < a.size(); ++d)
    for (std::size_t e = 0; e < d; ++e)
      if (std::abs(a[d] * b[e] - a[e] * b[d]) > 1e-9)
        return false;
  return true;
}

/// Whether a bound of some loop inside moves with the loop. Cut tiles do not count.
bool isUneven(const InstanceSet& set, const std::vector<StatementStep>& steps, const StatementStep& loop) {
  for (const LinearForm& condition : set.conditions) {
    if (product(condition, loop.move) == 0)
      continue;
    for (const StatementStep& inner : steps)
      if (inner.loop > loop.loop && product(condition, inner.move) != 0 && !areParallel(inner.move, loop.move))
        return true;
  }
  return false;
}

OutlineLoop::Role roleOf(const TreeNode& loop) {
  if (loop.attributes.vectorWidth > 0)
    return OutlineLoop::Role::Lanes;
  if (loop.attributes.unroll == kUnrollFull)
    return OutlineLoop::Role::Strip;
  return loop.countsTiles() ? OutlineLoop::Role::Tile : OutlineLoop::Role::Plain;
}

/// Counts of a bounding shape, made to end with the known number. What is missing much is guarded far inside.
void correct(std::vector<double>& counts, double instances) {
  if (counts.empty() || counts.back() <= 0 || instances <= 0)
    return;
  const double ratio = instances / counts.back();
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double spread = std::pow(ratio, static_cast<double>(k + 1) / static_cast<double>(counts.size()));
    counts[k] = std::max(1.0, ratio < 0.8 ? std::min(counts[k], instances) : counts[k] * spread);
  }
}

} // namespace

NestOutline OutlineReader::read(const Schedule& schedule) {
  forgetIfFull();
  NestOutline outline;
  const Scop& scop = schedule.program();
  for (const Array& array : scop.arrays)
    outline.arrays.push_back(arrayOf(array));
  Around around;
  walk(*schedule.tree().root(), around, scop, outline);
  markShort(outline);
  return outline;
}

/// Sizes of problems are larger than what is short, so that few iterations, always as many, are those of a constant bound.
/// A tile's points are none: their last tile is cut.
void OutlineReader::markShort(NestOutline& outline) {
  std::vector<double> copies(outline.loops.size(), 1); ///< of its body, by all that is unrolled in it
  for (std::size_t l = outline.loops.size(); l-- > 0;) { // inner loops come later
    OutlineLoop& loop = outline.loops[l];
    bool hasLoop = false;
    for (const int inner : loop.loops) {
      const OutlineLoop& inside = outline.loops[static_cast<std::size_t>(inner)];
      hasLoop = hasLoop || !(inside.isShort || inside.isTrivial());
      copies[l] = std::max(copies[l], copies[static_cast<std::size_t>(inner)]);
    }
    const double trips = loop.trips(), all = trips * copies[l];
    const bool isCut = loop.width > 0 && loop.width <= trips;
    loop.isShort = loop.role == OutlineLoop::Role::Plain && !isCut && !loop.attributes.parallel && !hasLoop && !loop.isTrivial() &&
                   loop.entries > 1 && all <= kMostUnrolled && trips == std::round(trips);
    if (loop.isShort)
      copies[l] = all;
  }
}

void OutlineReader::walk(const TreeNode& node, Around& around, const Scop& scop, NestOutline& outline) {
  if (node.kind == TreeNode::Kind::Leaf)
    return addStatement(node, around, scop, outline);
  if (!node.isLoop()) {
    for (const TreePtr& child : node.children)
      walk(*child, around, scop, outline);
    return;
  }
  const int number = static_cast<int>(outline.loops.size());
  const int parent = around.empty() ? -1 : around.back().second;
  outline.loops.push_back({.name = node.name, .parent = parent, .role = roleOf(node), .attributes = node.attributes,
                           .loops = {}, .statements = {}, .depth = static_cast<int>(around.size())});
  (parent < 0 ? outline.roots : outline.loops[static_cast<std::size_t>(parent)].loops).push_back(number);
  around.emplace_back(&node, number);
  walk(*node.children.front(), around, scop, outline);
  around.pop_back();
}

void OutlineReader::addStatement(const TreeNode& leaf, const Around& around, const Scop& scop, NestOutline& outline) {
  const Domain& domain = domainOf(leaf, scop);
  OutlineStatement made{.facts = &factsOf(scop, domain.statement), .set = &domain.set, .instances = domain.instances,
                        .steps = {}, .origin = {}, .isUnsure = domain.isUnsure};
  std::vector<LoopForm> forms;
  for (const auto& [node, number] : around)
    forms.push_back(loopFormOf(*node, domain.statement, made.isUnsure));
  const std::vector<double> counts = countsOf(domain, forms);
  made.origin = originOf(forms, domain.set.dimensions);
  for (std::size_t k = 0; k < around.size(); ++k) {
    StatementStep step{.loop = around[k].second, .entries = k == 0 ? 1 : counts[k - 1], .iterations = counts[k],
                       .move = moveAlong(forms, k, domain.set.dimensions)};
    OutlineLoop& loop = outline.loops[static_cast<std::size_t>(step.loop)];
    loop.entries = std::max(loop.entries, step.entries);
    loop.iterations = std::max(loop.iterations, step.iterations);
    for (std::size_t outer = 0; outer < k; ++outer)
      if (const double width = iterationsWithin(forms[outer], forms[k]); forms[outer].isRounded() && width > 0)
        loop.width = loop.width > 0 ? std::min(loop.width, width) : width;
    made.steps.push_back(std::move(step));
  }
  for (std::size_t k = 0; k < forms.size(); ++k)
    made.steps[k].value = std::move(forms[k]);
  for (const StatementStep& step : made.steps) {
    OutlineLoop& loop = outline.loops[static_cast<std::size_t>(step.loop)];
    loop.isUneven = loop.isUneven || isUneven(domain.set, made.steps, step);
  }
  if (!around.empty())
    outline.loops[static_cast<std::size_t>(around.back().second)].statements.push_back(
        static_cast<int>(outline.statements.size()));
  outline.statements.push_back(std::move(made));
}

const OutlineReader::Domain& OutlineReader::domainOf(const TreeNode& leaf, const Scop& scop) {
  const auto known = domains_.find(leaf.domain.get());
  if (known != domains_.end())
    return known->second;
  Domain domain{.key = leaf.domain, .statement = {}, .set = {}};
  leaf.domain.foreach_set([&](const isl::set& set) {
    if (!domain.statement.empty())
      return;
    domain.statement = tupleName(set);
    const std::size_t dimensions = dimensionCount(set);
    const NumericSet numbers = numericSet(set, parameters_);
    domain.set = instanceSet(numbers.hull, dimensions);
    if (numbers.pieces.empty())
      domain.set.conditions.push_back({.constant = -1}); // nothing
    domain.isUnsure = dimensions > kMostDimensions;
    std::vector<double> strides(domain.set.dimensions, 1);
    const Statement& statement = scop.statements[static_cast<std::size_t>(*findStatement(scop, domain.statement))];
    for (std::size_t d = 0; d < std::min(strides.size(), statement.loops.size()); ++d)
      strides[d] = std::abs(static_cast<double>(scop.loops[static_cast<std::size_t>(statement.loops[d])].step));
    domain.instances = instanceCount(set, numbers, strides, parameters_);
  });
  return domains_.emplace(leaf.domain.get(), std::move(domain)).first->second;
}

const NumericForm& OutlineReader::formOf(const isl::pw_aff& value) {
  const auto known = values_.find(value.get());
  if (known != values_.end())
    return known->second.form;
  return values_.emplace(value.get(), Value{value, numericForm(value, parameters_)}).first->second.form;
}

LoopForm OutlineReader::loopFormOf(const TreeNode& loop, const std::string& statement, bool& isUnsure) {
  LoopForm form{.stride = loop.countsTiles() ? 1.0 : static_cast<double>(loop.stride)};
  const auto add = [&](double factor, double size, const isl::pw_aff& base) {
    const NumericForm& numbers = formOf(base);
    isUnsure = isUnsure || !numbers.isExact;
    addForm(form, factor, size, numbers);
  };
  if (const auto base = loop.bases.find(statement); loop.tileSize > 0 && base != loop.bases.end())
    add(1, static_cast<double>(loop.tileSize), base->second);
  else if (const auto sum = loop.sums.find(statement); sum != loop.sums.end())
    for (const Quotient& quotient : sum->second)
      add(static_cast<double>(quotient.factor), static_cast<double>(quotient.size), quotient.base);
  else
    add(1, 1, loop.values.at(statement));
  return form;
}

const StatementFacts& OutlineReader::factsOf(const Scop& scop, const std::string& name) {
  const Statement& statement = scop.statements[static_cast<std::size_t>(*findStatement(scop, name))];
  std::vector<const void*> key = {statement.value.get()};
  for (const Access& access : statement.accesses)
    key.push_back(access.relation.get());
  const auto known = facts_.find(key);
  if (known != facts_.end())
    return known->second;
  return facts_.emplace(std::move(key), statementFacts(scop, statement, parameters_)).first->second;
}

std::shared_ptr<const ArrayFacts> OutlineReader::arrayOf(const Array& array) {
  std::vector<const void*> key;
  for (const isl::pw_aff& extent : array.extents)
    key.push_back(extent.get());
  const auto known = arrays_.find(key);
  if (known != arrays_.end() && known->second.facts->name == array.name)
    return known->second.facts;
  return (arrays_[key] = {array.extents, std::make_shared<const ArrayFacts>(arrayFacts(array, parameters_))}).facts;
}

std::vector<double> OutlineReader::countsOf(const Domain& domain, const std::vector<LoopForm>& loops) {
  std::vector<double> key = {static_cast<double>(reinterpret_cast<std::uintptr_t>(domain.key.get()))};
  for (const LoopForm& loop : loops) {
    key.insert(key.end(), loop.value.coefficients.begin(),
               loop.value.coefficients.begin() + static_cast<std::ptrdiff_t>(domain.set.dimensions));
    key.insert(key.end(), {loop.value.constant, loop.above, loop.below, loop.stride});
  }
  const auto known = counts_.find(key);
  if (known != counts_.end())
    return known->second;
  std::vector<double> counts = iterationCounts(domain.set, loops, kWalks);
  correct(counts, domain.instances);
  return counts_.emplace(std::move(key), std::move(counts)).first->second;
}

void OutlineReader::forgetIfFull() {
  if (domains_.size() + values_.size() + facts_.size() + arrays_.size() + counts_.size() < kMostRemembered)
    return;
  counts_.clear(); // keyed by domains
  domains_.clear();
  values_.clear();
  facts_.clear();
  arrays_.clear();
}

} // namespace polyloom
