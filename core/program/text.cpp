#include "core/program/text.h"

#include "core/program/text_words.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <sstream>

namespace polyloom {

namespace {

using nlohmann::json;

template <typename T> std::string islText(const T& object) {
  std::ostringstream text;
  text << object;
  return text.str();
}

json islTexts(const std::vector<isl::pw_aff>& values) {
  json texts = json::array();
  for (const isl::pw_aff& value : values)
    texts.push_back(islText(value));
  return texts;
}

json rangeJson(const SourceRange& range) {
  return json::array({range.file, range.line, range.column, range.endLine, range.endColumn});
}

/// JSON has no infinities and no NaN: they travel as words.
json numberJson(double value) {
  if (std::isfinite(value))
    return value;
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

/// What a node is besides its kind, type and operands.
json payloadOf(const Expr& expr) {
  switch (expr.kind) {
  case Expr::Kind::Integer:
    return expr.integer;
  case Expr::Kind::Floating:
    return numberJson(expr.floating);
  case Expr::Kind::Read:
  case Expr::Kind::Scalar:
  case Expr::Kind::Affine:
    return expr.index;
  case Expr::Kind::Unary:
  case Expr::Kind::Binary:
    return wordOf(expr.op, kOperatorWords);
  case Expr::Kind::Call:
    return expr.name;
  case Expr::Kind::Select:
  case Expr::Kind::Cast:
  case Expr::Kind::Opaque:
    return nullptr;
  }
  return nullptr;
}

/// [kind, type, payload, operands…]
json exprJson(const Expr& expr) {
  json node = json::array({wordOf(expr.kind, kKindWords), wordOf(expr.type, kTypeWords), payloadOf(expr)});
  for (const ExprPtr& operand : expr.operands)
    node.push_back(exprJson(*operand));
  return node;
}

json accessJson(const Access& access) {
  return {{"write", access.isWrite}, {"array", access.array}, {"relation", islText(access.relation)}};
}

json statementJson(const Statement& statement) {
  json accesses = json::array();
  for (const Access& access : statement.accesses)
    accesses.push_back(accessJson(access));
  return {{"name", statement.name},
          {"domain", islText(statement.domain)},
          {"loops", statement.loops},
          {"accesses", std::move(accesses)},
          {"affine", islTexts(statement.affineValues)},
          {"value", exprJson(*statement.value)},
          {"text", statement.text},
          {"range", rangeJson(statement.range)}};
}

json arrayJson(const Array& array) {
  return {{"name", array.name},
          {"element", wordOf(array.element, kTypeWords)},
          {"extents", islTexts(array.extents)},
          {"local", array.isLocal},
          {"confined", array.isConfined},
          {"range", rangeJson(array.range)}};
}

json loopJson(const SourceLoop& loop) {
  return {{"name", loop.name}, {"iterator", loop.iterator}, {"step", loop.step}, {"range", rangeJson(loop.range)}};
}

json nodeJson(const ProgramNode& node) {
  if (node.kind == ProgramNode::Kind::Statement)
    return {{"statement", node.index}};
  json children = json::array();
  for (const ProgramNode& child : node.children)
    children.push_back(nodeJson(child));
  if (node.kind == ProgramNode::Kind::Sequence)
    return {{"sequence", std::move(children)}};
  return {{"loop", node.index}, {"body", std::move(children)}};
}

json parameterJson(const Parameter& parameter) {
  return {{"name", parameter.name}, {"type", wordOf(parameter.type, kTypeWords)}, {"value", parameter.value}};
}

json presetJson(const Preset& preset) {
  json values = json::array();
  for (const auto& [name, value] : preset.values)
    values.push_back({{"name", name}, {"value", value}});
  return {{"name", preset.name}, {"values", std::move(values)}};
}

json scalarJson(const DataScalar& scalar) {
  return {{"name", scalar.name}, {"type", wordOf(scalar.type, kTypeWords)}, {"value", numberJson(scalar.value)}};
}

json assumptionJson(const Assumption& assumption) {
  return {{"condition", islText(assumption.condition)}, {"reason", assumption.reason}};
}

template <typename T> json listJson(const std::vector<T>& items, json (*write)(const T&)) {
  json list = json::array();
  for (const T& item : items)
    list.push_back(write(item));
  return list;
}

} // namespace

json toJson(const Scop& scop) {
  return {{"format", std::string(kProgramFormat)},
          {"version", kProgramFormatVersion},
          {"function", scop.function},
          {"arguments", scop.arguments},
          {"parameters", listJson(scop.parameters, parameterJson)},
          {"presets", listJson(scop.presets, presetJson)},
          {"scalars", listJson(scop.scalars, scalarJson)},
          {"arrays", listJson(scop.arrays, arrayJson)},
          {"loops", listJson(scop.loops, loopJson)},
          {"statements", listJson(scop.statements, statementJson)},
          {"body", nodeJson(scop.body)},
          {"context", islText(scop.context)},
          {"assumptions", listJson(scop.assumptions, assumptionJson)},
          {"source",
           {{"language", wordOf(scop.source.language, kLanguageWords)},
            {"path", scop.source.path},
            {"text", scop.source.text},
            {"begin", scop.source.begin},
            {"end", scop.source.end}}}};
}

} // namespace polyloom
