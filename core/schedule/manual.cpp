#include "core/schedule/manual.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>
#include <string_view>

namespace polyloom {

namespace {

/// What may stand in a blank: "an integer from 2 to 64".
std::string domainOf(const StepParameter& parameter) {
  using Kind = StepParameter::Kind;
  const bool isBounded = parameter.minimum != std::numeric_limits<std::int64_t>::min() ||
                         parameter.maximum != std::numeric_limits<std::int64_t>::max();
  const std::string range = isBounded ? fmt::format(" from {} to {}", parameter.minimum, parameter.maximum) : "";
  switch (parameter.kind) {
  case Kind::Loop: return "a loop";
  case Kind::Loops: return "loops";
  case Kind::Statement: return "a statement";
  case Kind::Integer: return "an integer" + range;
  case Kind::Integers: return "integers" + range;
  case Kind::Affine: return "a sum of integers and names, such as 2, N or N-1";
  case Kind::Factor: return fmt::format("an integer{}, or full", range);
  case Kind::NewNames: return "new names";
  case Kind::Array: return "an array or scalar";
  case Kind::Accesses: return "an array, or one of its accesses such as A[j][k]";
  case Kind::Choice: return fmt::format("{}", fmt::join(parameter.choices, " or "));
  case Kind::Matrix: return fmt::format("rows of integers{}, ended by semicolons", range);
  case Kind::Layout: return "one word per dimension";
  case Kind::Text: return "a text in double quotes";
  }
  return {};
}

/// A | would end a table's cell.
std::string inTable(std::string_view text) {
  std::string escaped;
  for (const char c : text)
    escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

} // namespace

std::string manualPage(const StepKind& kind) {
  std::string page = fmt::format("# {}\n\n{}\n\n```\n{}\n```\n\nFor example `{}`.\n\n", kind.name,
                                 kind.summary, kind.form, kind.example);
  page += "| blank | takes | meaning |\n|---|---|---|\n";
  for (const StepParameter& parameter : kind.parameters)
    page += fmt::format("| {} | {} | {} |\n", parameter.name, inTable(domainOf(parameter)), inTable(parameter.help));
  page += fmt::format("\n{}\n\nBefore:\n\n```\n{}\n```\n\nAfter:\n\n```\n{}\n```\n\n", kind.help, kind.before, kind.after);
  page += fmt::format("Also in: {}.\n", kind.peers);
  return page;
}

std::string manualTable() {
  std::string table = "| step | what it does | also in |\n|---|---|---|\n";
  for (const StepKind& kind : catalogue())
    table += fmt::format("| `{}` | {} | {} |\n", kind.example, inTable(kind.summary), inTable(kind.peers));
  return table;
}

} // namespace polyloom
