#include "core/program/text.h"

#include "core/program/text_words.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace polyloom {

namespace {

using nlohmann::json;

/// Thrown inside this file only, for text that has JSON's form but not the program's.
class BadProgram : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

template <typename T> T islObject(isl::ctx ctx, const json& text) {
  return T(ctx, text.get<std::string>());
}

std::vector<isl::pw_aff> readValues(isl::ctx ctx, const json& texts) {
  std::vector<isl::pw_aff> values;
  for (const json& text : texts)
    values.push_back(islObject<isl::pw_aff>(ctx, text));
  return values;
}

template <typename Enum, std::size_t N> Enum readWord(const json& word, const std::array<std::string_view, N>& words) {
  const auto text = word.get<std::string>();
  if (const std::optional<Enum> value = enumeratorOf<Enum>(text, words))
    return *value;
  throw BadProgram(fmt::format("unknown word '{}'", text));
}

ElementType readType(const json& word) {
  return readWord<ElementType>(word, kTypeWords);
}

int readIndex(const json& index, std::size_t size) {
  const int value = index.get<int>();
  if (value < 0 || static_cast<std::size_t>(value) >= size)
    throw BadProgram(fmt::format("index {} is out of range", value));
  return value;
}

SourceRange readRange(const json& range) {
  return {range.at(0).get<std::string>(), range.at(1).get<int>(), range.at(2).get<int>(), range.at(3).get<int>(),
          range.at(4).get<int>()};
}

double readNumber(const json& number) {
  if (number.is_number())
    return number.get<double>();
  const auto word = number.get<std::string>();
  if (word == "nan")
    return std::numeric_limits<double>::quiet_NaN();
  if (word != "inf" && word != "-inf")
    throw BadProgram(fmt::format("'{}' is no number", word));
  return word == "inf" ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
}

/// How many operands a node of each kind has; -1 for any number.
int arityOf(Expr::Kind kind) {
  switch (kind) {
  case Expr::Kind::Unary:
  case Expr::Kind::Cast:
    return 1;
  case Expr::Kind::Binary:
    return 2;
  case Expr::Kind::Select:
    return 3;
  case Expr::Kind::Call:
    return -1;
  default:
    return 0;
  }
}

/// Sizes that the indices of an expression stay below.
struct Counts {
  std::size_t accesses = 0, scalars = 0, affineValues = 0;
};

ExprPtr readExpr(const json& node, const Counts& counts) {
  Expr expr;
  expr.kind = readWord<Expr::Kind>(node.at(0), kKindWords);
  expr.type = readType(node.at(1));
  const json& payload = node.at(2);
  switch (expr.kind) {
  case Expr::Kind::Integer:
    expr.integer = payload.get<std::int64_t>();
    break;
  case Expr::Kind::Floating:
    expr.floating = readNumber(payload);
    break;
  case Expr::Kind::Read:
    expr.index = readIndex(payload, counts.accesses);
    break;
  case Expr::Kind::Scalar:
    expr.index = readIndex(payload, counts.scalars);
    break;
  case Expr::Kind::Affine:
    expr.index = readIndex(payload, counts.affineValues);
    break;
  case Expr::Kind::Unary:
  case Expr::Kind::Binary:
    expr.op = readWord<Operator>(payload, kOperatorWords);
    break;
  case Expr::Kind::Call:
    expr.name = payload.get<std::string>();
    break;
  case Expr::Kind::Select:
  case Expr::Kind::Cast:
  case Expr::Kind::Opaque:
    break;
  }
  for (std::size_t k = 3; k < node.size(); ++k)
    expr.operands.push_back(readExpr(node[k], counts));
  if (arityOf(expr.kind) >= 0 && static_cast<std::size_t>(arityOf(expr.kind)) != expr.operands.size())
    throw BadProgram(fmt::format("a '{}' has {} operands", node[0].get<std::string>(), expr.operands.size()));
  return std::make_shared<const Expr>(std::move(expr));
}

Preset readPreset(const json& item, const std::vector<Parameter>& parameters) {
  Preset preset{.name = item.at("name").get<std::string>(), .values = {}};
  for (const json& value : item.at("values")) {
    const auto name = value.at("name").get<std::string>();
    if (std::ranges::find(parameters, name, &Parameter::name) == parameters.end())
      throw BadProgram(fmt::format("preset '{}' sets '{}', which is no parameter", preset.name, name));
    preset.values.emplace_back(name, value.at("value").get<std::int64_t>());
  }
  return preset;
}

/// Reads the parts in their order: later ones refer to earlier ones.
class ScopReader {
public:
  ScopReader(isl::ctx ctx, const json& text) : ctx_(ctx), text_(&text) {}

  Scop read() {
    readHead();
    for (const json& item : text_->at("arrays"))
      scop_.arrays.push_back({.name = item.at("name").get<std::string>(),
                              .element = readType(item.at("element")),
                              .extents = readValues(ctx_, item.at("extents")),
                              .isLocal = item.at("local").get<bool>(),
                              .isConfined = item.value("confined", false),
                              .range = readRange(item.at("range"))});
    for (const json& item : text_->at("loops"))
      scop_.loops.push_back({item.at("name").get<std::string>(), item.at("iterator").get<std::string>(),
                             item.at("step").get<std::int64_t>(), readRange(item.at("range"))});
    for (const json& item : text_->at("statements"))
      scop_.statements.push_back(readStatement(item));
    scop_.body = readNode(text_->at("body"));
    return std::move(scop_);
  }

private:
  void readHead();
  Statement readStatement(const json& item);
  ProgramNode readNode(const json& item);

  isl::ctx ctx_;
  const json* text_;
  Scop scop_;
};

void ScopReader::readHead() {
  scop_.function = text_->at("function").get<std::string>();
  scop_.arguments = text_->at("arguments").get<std::vector<std::string>>();
  for (const json& item : text_->at("parameters"))
    scop_.parameters.push_back(
        {item.at("name").get<std::string>(), readType(item.at("type")), item.at("value").get<std::int64_t>()});
  for (const json& item : text_->value("presets", json::array())) // older texts have none
    scop_.presets.push_back(readPreset(item, scop_.parameters));
  for (const json& item : text_->at("scalars"))
    scop_.scalars.push_back(
        {item.at("name").get<std::string>(), readType(item.at("type")), readNumber(item.at("value"))});
  scop_.context = islObject<isl::set>(ctx_, text_->at("context"));
  for (const json& item : text_->at("assumptions"))
    scop_.assumptions.push_back(
        {islObject<isl::set>(ctx_, item.at("condition")), item.at("reason").get<std::string>()});
  const json& source = text_->at("source");
  scop_.source = {source.at("path").get<std::string>(), source.at("text").get<std::string>(),
                  source.at("begin").get<std::size_t>(), source.at("end").get<std::size_t>(),
                  readWord<SourceLanguage>(source.value("language", "c"), kLanguageWords)};
}

Statement ScopReader::readStatement(const json& item) {
  Statement statement{.name = item.at("name").get<std::string>(),
                      .domain = islObject<isl::set>(ctx_, item.at("domain")),
                      .loops = {},
                      .accesses = {},
                      .affineValues = readValues(ctx_, item.at("affine")),
                      .value = nullptr,
                      .text = item.at("text").get<std::string>(),
                      .range = readRange(item.at("range"))};
  for (const json& loop : item.at("loops"))
    statement.loops.push_back(readIndex(loop, scop_.loops.size()));
  for (const json& access : item.at("accesses"))
    statement.accesses.push_back({access.at("write").get<bool>(), readIndex(access.at("array"), scop_.arrays.size()),
                                  islObject<isl::map>(ctx_, access.at("relation"))});
  if (statement.accesses.empty() || !statement.accesses.front().isWrite)
    throw BadProgram(fmt::format("statement '{}' does not begin with a write", statement.name));
  const Counts counts{statement.accesses.size(), scop_.scalars.size(), statement.affineValues.size()};
  statement.value = readExpr(item.at("value"), counts);
  return statement;
}

ProgramNode ScopReader::readNode(const json& item) {
  if (item.contains("statement"))
    return {ProgramNode::Kind::Statement, readIndex(item["statement"], scop_.statements.size()), {}};
  const bool isLoop = item.contains("loop");
  ProgramNode node{isLoop ? ProgramNode::Kind::Loop : ProgramNode::Kind::Sequence,
                   isLoop ? readIndex(item["loop"], scop_.loops.size()) : -1,
                   {}};
  for (const json& child : item.at(isLoop ? "body" : "sequence"))
    node.children.push_back(readNode(child));
  return node;
}

std::unexpected<Diagnostic> badProgram(const std::string& why) {
  return failure("bad-program", "the program's text cannot be read: " + why);
}

} // namespace

Result<ScopPtr> scopFromJson(isl::ctx ctx, const json& text) {
  try {
    if (!text.is_object() || !text.contains("format") || text["format"] != std::string(kProgramFormat))
      return badProgram(fmt::format("it is not of format '{}'", kProgramFormat));
    const int version = text.at("version").get<int>();
    if (version < 1 || version > kProgramFormatVersion)
      return badProgram(fmt::format("it has version {}; wanted {} or older", version, kProgramFormatVersion));
    return std::make_shared<const Scop>(ScopReader(ctx, text).read());
  } catch (const json::exception& problem) {
    return badProgram(problem.what());
  } catch (const isl::exception& problem) {
    return badProgram(std::string("isl says: ") + problem.what());
  } catch (const BadProgram& problem) {
    return badProgram(problem.what());
  }
}

} // namespace polyloom
