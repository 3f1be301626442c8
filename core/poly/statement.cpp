#include "core/poly/statement.h"

#include "core/assemble/iteration.h"
#include "core/assemble/names.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace polyloom {

namespace {

std::set<std::string> namesIn(const PolyScope& scope, const PolyStatement& text) {
  std::set<std::string> names;
  for (const Parameter& parameter : scope.scop.parameters)
    names.insert(parameter.name);
  for (const PolyToken& iterator : text.iterators)
    if (isReservedWord(iterator.text))
      failPoly("reserved-name", iterator.range,
               fmt::format("'{0}' is a word of the notation itself; wanted another name, such as '{0}_'", iterator.text));
    else if (!names.insert(iterator.text).second)
      failPoly("name-taken", iterator.range,
               fmt::format("'{}' is a parameter or another iterator already; wanted another name", iterator.text));
  return names;
}

std::vector<std::string> textsOf(const std::vector<PolyToken>& tokens) {
  std::vector<std::string> texts;
  for (const PolyToken& token : tokens)
    texts.push_back(token.text);
  return texts;
}

std::vector<std::string> textsOf(const std::vector<PolySyntax>& cells) {
  std::vector<std::string> texts;
  for (const PolySyntax& cell : cells)
    texts.push_back(toText(cell));
  return texts;
}

/// What stands for a statement whose value is not given: "A[i] = f(A[i - 1])".
std::string textOf(const PolyStatement& text) {
  return fmt::format("{} = f({})", fmt::join(textsOf(text.writes), ", "), fmt::join(textsOf(text.reads), ", "));
}

} // namespace

PolyStatementReader::PolyStatementReader(const PolyScope& scope, const PolyStatement& text)
    : scope_(scope), text_(text), iterators_(textsOf(text.iterators)), affine_(scope.ctx, namesIn(scope, text)),
      reached_(text.condition ? affine_.condition(*text.condition) : allParameters(scope.ctx)),
      result_{.name = text.name.text, .domain = domain(), .date = domain().identity(), .iterators = iterators_} {}

isl::set PolyStatementReader::domain() const {
  return nameDimensions(toDimensions(reached_, text_.name.text, iterators_), iterators_);
}

DatedStatement PolyStatementReader::read() {
  result_.range = text_.name.range;
  if (!isBounded(result_.domain))
    failPoly("unbounded-domain", text_.name.range,
             fmt::format("the set of {} has infinitely many points at fixed parameters; wanted a lower and an upper bound for "
                         "each of its iterators", text_.name.text));
  if (text_.assignment) {
    readAssignment(*text_.assignment);
    compareWithLists();
    return std::move(result_);
  }
  for (const PolySyntax& cell : text_.writes)
    result_.accesses.push_back(access(cell, true));
  if (result_.accesses.empty())
    failPoly("no-write", text_.name.range,
             fmt::format("{} writes nothing; wanted a line \"writes\" with a cell, or a line \"is\" with an assignment",
                         text_.name.text));
  for (const PolySyntax& cell : text_.reads)
    result_.accesses.push_back(access(cell, false));
  result_.value = makeOpaque(scope_.scop.arrays[static_cast<std::size_t>(result_.accesses.front().array)].element);
  result_.text = textOf(text_);
  return std::move(result_);
}

DatedAccess PolyStatementReader::access(const PolySyntax& cell, bool isWrite) const {
  const auto& arrays = scope_.scop.arrays;
  const auto found = std::ranges::find(arrays, cell.text, &Array::name);
  if (found == arrays.end())
    failPoly("unknown-array", cell.range, fmt::format("there is no array '{}'; wanted a line \"array {}\"", cell.text, toText(cell)));
  if (found->extents.size() != cell.operands.size())
    failPoly("wrong-subscripts", cell.range,
             fmt::format("'{}' has {} subscripts; the array has {} dimensions", toText(cell), cell.operands.size(),
                         found->extents.size()));
  const isl::set instances = toDimensions(reached_, text_.name.text, iterators_);
  DatedAccess result{isWrite, static_cast<int>(found - arrays.begin()), mapToPoint(instances, ""), toText(cell), cell.range};
  if (cell.operands.empty())
    return result;
  isl::pw_aff_list subscripts(scope_.ctx, static_cast<int>(cell.operands.size()));
  const isl::multi_id tuple = tupleOf(scope_.ctx, text_.name.text, iterators_);
  for (const PolySyntax& subscript : cell.operands)
    subscripts = subscripts.add(isl::multi_pw_aff(affine_.value(subscript).unbind_params_insert_domain(tuple)).at(0));
  result.relation = mapToVector(instances, subscripts);
  return result;
}

int PolyStatementReader::addAccess(const PolySyntax& cell, bool isWrite) {
  const DatedAccess access = this->access(cell, isWrite);
  for (std::size_t known = 0; known < result_.accesses.size(); ++known) {
    const DatedAccess& other = result_.accesses[known];
    if (other.isWrite == isWrite && other.array == access.array && other.relation.is_equal(access.relation))
      return static_cast<int>(known);
  }
  result_.accesses.push_back(access);
  return static_cast<int>(result_.accesses.size()) - 1;
}

void PolyStatementReader::readAssignment(const PolyAssignment& assignment) {
  addAccess(assignment.place, true);
  const ElementType type = scope_.scop.arrays[static_cast<std::size_t>(result_.accesses.front().array)].element;
  PolySyntax right = assignment.value;
  if (assignment.op != "=") // a += b is a = a + b
    right = {PolySyntax::Kind::Binary, assignment.op.substr(0, 1), {assignment.place, std::move(right)}, assignment.value.range};
  result_.value = makeCast(type, value(right));
  result_.text = assignment.text;
}

/// Where the accesses are listed, too, the assignment has to agree.
void PolyStatementReader::compareWithLists() {
  const auto isAmong = [](const DatedAccess& access, const std::vector<DatedAccess>& others) {
    return std::ranges::any_of(others, [&](const DatedAccess& other) {
      return other.isWrite == access.isWrite && other.array == access.array && access.relation.is_subset(other.relation);
    });
  };
  for (const bool isWrite : {true, false}) {
    const std::vector<PolySyntax>& cells = isWrite ? text_.writes : text_.reads;
    const char* word = isWrite ? "writes" : "reads";
    std::vector<DatedAccess> listed;
    for (const PolySyntax& cell : cells)
      listed.push_back(access(cell, isWrite));
    for (const DatedAccess& access : listed)
      if (!std::ranges::any_of(result_.accesses, [&](const DatedAccess& own) { return isAmong(own, {access}); }))
        failPoly("accesses-differ", access.range, fmt::format("{} {} {} by its list, not by its assignment", text_.name.text, word, access.text));
    for (const DatedAccess& access : result_.accesses)
      if (access.isWrite == isWrite && !listed.empty() && !isAmong(access, listed))
        failPoly("accesses-differ", access.range, fmt::format("{} {} {} by its assignment, not by its list", text_.name.text, word, access.text));
  }
}

} // namespace polyloom
