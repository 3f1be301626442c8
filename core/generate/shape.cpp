#include "core/generate/shape.h"

#include "core/generate/kernel_words.h"
#include "core/isl/affine_view.h"
#include "core/isl/extra.h"
#include "core/isl/sets.h"
#include "core/program/reduction.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace polyloom {

namespace {

/// FNV-1a: the same on every machine.
std::uint64_t hashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

/// Every word by the number of its first appearance.
std::string withoutNames(std::string_view text) {
  std::map<std::string, std::size_t, std::less<>> numbers;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    if (!isWordStart(text[at])) {
      result += text[at++];
      continue;
    }
    const std::string name(wordAt(text, at));
    result += fmt::format("${}", numbers.try_emplace(name, numbers.size()).first->second);
    at += name.size();
  }
  return result;
}

std::vector<std::string> dimensionNumbers(const Statement& statement) {
  std::vector<std::string> names;
  for (std::size_t d = 0; d < statement.loops.size(); ++d)
    names.push_back(fmt::format("x{}", d));
  return names;
}

std::string bodyText(const ProgramNode& node) {
  std::string text = node.kind == ProgramNode::Kind::Loop ? "loop(" : node.kind == ProgramNode::Kind::Statement ? "s" : "(";
  for (const ProgramNode& child : node.children)
    text += bodyText(child);
  return text + (node.kind == ProgramNode::Kind::Statement ? "" : ")");
}

/// With constants, types and scalars' numbers, or the operators alone.
std::string valueText(const Expr& value, bool isExact) {
  if (!isExact && value.kind == Expr::Kind::Cast)
    return valueText(*value.operands.front(), isExact);
  std::string text = fmt::format("k{}", static_cast<int>(value.kind));
  if (value.kind == Expr::Kind::Unary || value.kind == Expr::Kind::Binary)
    text += spelling(value.op);
  if (value.kind == Expr::Kind::Read || isExact)
    text += fmt::format("#{}", value.index);
  if (isExact)
    text += fmt::format(":{}:{}:{}", static_cast<int>(value.type), value.integer, value.floating);
  text += fmt::format("'{}'(", value.kind == Expr::Kind::Call ? value.name : "");
  for (const ExprPtr& operand : value.operands)
    text += valueText(*operand, isExact) + ",";
  return text + ")";
}

std::string exactText(const Scop& scop) {
  std::string text = bodyText(scop.body);
  for (const SourceLoop& loop : scop.loops)
    text += fmt::format(" {}", loop.step);
  for (const Statement& statement : scop.statements) {
    const std::vector<std::string> names = dimensionNumbers(statement);
    text += "\n" + islText(nameDimensions(statement.domain, names));
    for (const Access& access : statement.accesses)
      text += (access.isWrite ? "\nw " : "\nr ") + islText(nameInputs(access.relation, names));
    for (const isl::pw_aff& value : statement.affineValues)
      text += "\nv " + islText(nameInputs(value, names));
  }
  for (const Array& array : scop.arrays) {
    text += "\n" + array.name + (array.isLocal ? " local" : "");
    for (const isl::pw_aff& extent : array.extents)
      text += " " + islText(extent);
  }
  text = withoutNames(text);
  // Operators and functions have names of their own, which mean something.
  for (const Statement& statement : scop.statements)
    text += "\n" + valueText(*statement.value, true);
  for (const Array& array : scop.arrays)
    text += fmt::format(" {}", static_cast<int>(array.element));
  return text;
}

std::string subscriptText(const isl::pw_aff& subscript) {
  const std::optional<AffineView> view = viewOf(subscript);
  return view ? fmt::format("[{}{}]", fmt::join(view->dimensions, " "), view->floors.empty() ? "" : " /") : "[?]";
}

std::string roughText(const Scop& scop) {
  std::string text = bodyText(scop.body);
  for (const SourceLoop& loop : scop.loops)
    text += loop.step > 0 ? "+" : "-";
  std::map<int, std::size_t> arrays; // by first appearance
  for (const Statement& statement : scop.statements) {
    text += "\n";
    for (const auto& [outer, inner] : relatedLoops(statement))
      text += fmt::format("{}~{} ", outer, inner);
    for (const Access& access : statement.accesses) {
      text += fmt::format("a{}", arrays.try_emplace(access.array, arrays.size()).first->second);
      const std::size_t rank = scop.arrays[static_cast<std::size_t>(access.array)].extents.size();
      for (const isl::pw_aff& subscript : subscriptsOf(access, rank))
        text += subscriptText(subscript);
    }
    text += valueText(*statement.value, false);
  }
  return text;
}

bool isPerfect(const ProgramNode& node) {
  const bool isLoop = node.kind == ProgramNode::Kind::Loop;
  const ProgramNode* body = &node;
  while (body->children.size() == 1 && body->children.front().kind == ProgramNode::Kind::Sequence)
    body = &body->children.front();
  return (!isLoop || body->children.size() <= 1) && std::ranges::all_of(body->children, isPerfect);
}

std::size_t outermostLoops(const ProgramNode& node) {
  if (node.kind == ProgramNode::Kind::Loop)
    return 1;
  std::size_t count = 0;
  for (const ProgramNode& child : node.children)
    count += outermostLoops(child);
  return count;
}

} // namespace

std::vector<std::pair<std::size_t, std::size_t>> relatedLoops(const Statement& statement) {
  const std::string text = islText(nameDimensions(statement.domain, dimensionNumbers(statement)));
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  std::set<std::size_t> named; // by the present constraint
  bool isCondition = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ':')
      isCondition = true;
    if (!isWordStart(text[at])) {
      at += 1;
      continue;
    }
    const std::string name(wordAt(text, at));
    at += name.size();
    if (name == "and" || name == "or")
      named.clear();
    const bool isDimension = isCondition && name.size() > 1 && name[0] == 'x' && std::ranges::all_of(name.substr(1), isDigit);
    if (!isDimension)
      continue;
    const std::size_t dimension = std::stoul(name.substr(1));
    for (const std::size_t other : named)
      if (other != dimension)
        pairs.insert({std::min(other, dimension), std::max(other, dimension)});
    named.insert(dimension);
  }
  return {pairs.begin(), pairs.end()};
}

std::uint64_t canonicalHash(const Scop& scop) { return hashOf(exactText(scop)); }

std::uint64_t shapeHash(const Scop& scop) { return hashOf(roughText(scop)); }

ProgramShape shapeOf(const Scop& scop) {
  ProgramShape shape{.statements = scop.statements.size(), .nests = outermostLoops(scop.body),
                     .parameters = scop.parameters.size(), .isPerfect = isPerfect(scop.body)};
  for (const Statement& statement : scop.statements) {
    shape.depth = std::max(shape.depth, statement.loops.size());
    shape.reductions += isReduction(statement) ? 1 : 0;
    shape.isRectangular = shape.isRectangular && relatedLoops(statement).empty();
  }
  return shape;
}

} // namespace polyloom
