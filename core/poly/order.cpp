#include "core/poly/order.h"

#include "core/assemble/dated_order.h"
#include "core/isl/extra.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace polyloom {

namespace {

isl::map mapOf(const DatedStatement& statement, const std::vector<isl::pw_aff>& entries) {
  isl::pw_aff_list list(statement.domain.ctx(), static_cast<int>(entries.size()));
  for (const isl::pw_aff& entry : entries)
    list = list.add(entry);
  return mapToVector(statement.domain, list);
}

/// Statement after statement: [k, t, i].
void addTextualDates(DatedProgram& program) {
  for (std::size_t s = 0; s < program.statements.size(); ++s) {
    DatedStatement& statement = program.statements[s];
    const isl::space space = statement.domain.space();
    std::vector<isl::pw_aff> entries = {constantAff(space, static_cast<std::int64_t>(s))};
    for (unsigned d = 0; d < statement.iterators.size(); ++d)
      entries.push_back(dimensionAff(space, d));
    statement.date = mapOf(statement, entries);
  }
}

/// Reads the entries of one date.
class DateReader {
public:
  DateReader(const PolyDate& text, const DatedStatement& statement) : text_(text), statement_(statement) {
    if (text.iterators.size() != statement.iterators.size())
      failPoly("bad-order", text.statement.range,
               fmt::format("the order gives {} {} iterators, its set has {}", statement.name, text.iterators.size(),
                           statement.iterators.size()));
  }

  isl::map read() && {
    for (const PolySyntax& entry : text_.date)
      add(entry);
    if (next_ < text_.iterators.size())
      failPoly("order-not-injective", text_.range,
               fmt::format("the date of {} leaves out its iterator {}: instances that differ in it would run at the same time",
                           statement_.name, text_.iterators[next_].text));
    return mapOf(statement_, entries_);
  }

private:
  void add(const PolySyntax& entry) {
    const bool isNegative = entry.kind == PolySyntax::Kind::Unary && entry.text == "-";
    const PolySyntax& inner = isNegative ? entry.operands[0] : entry;
    const isl::space space = statement_.domain.space();
    if (inner.kind == PolySyntax::Kind::Integer) {
      std::int64_t value = 0;
      if (std::from_chars(inner.text.data(), inner.text.data() + inner.text.size(), value).ec != std::errc() || value > 1'000'000'000)
        failPoly("bad-order", inner.range, fmt::format("{} is too large for a place in the order", inner.text));
      entries_.push_back(constantAff(space, isNegative ? -value : value));
      return;
    }
    const auto named = std::ranges::find(text_.iterators, inner.text, &PolyToken::text);
    if (inner.kind != PolySyntax::Kind::Name || named == text_.iterators.end())
      failPoly("order-not-loops", entry.range,
               fmt::format("'{}' in the date of {} is neither a number nor one of its iterators, up or down; wanted the "
                           "source's own order here, and steps of a recipe (skew, shift, tile) for any other", toText(entry),
                           statement_.name));
    const auto dimension = static_cast<std::size_t>(named - text_.iterators.begin());
    if (dimension != next_)
      failPoly("order-not-loops", entry.range,
               fmt::format("the iterator {} of {} stands out of its turn; wanted the iterators in the order of the set, each "
                           "once: write the set with them in this order, or interchange by a recipe", inner.text,
                           statement_.name));
    ++next_;
    const isl::pw_aff value = dimensionAff(space, static_cast<unsigned>(dimension));
    entries_.push_back(isNegative ? value.neg() : value);
  }

  const PolyDate& text_;
  const DatedStatement& statement_;
  std::size_t next_ = 0;
  std::vector<isl::pw_aff> entries_;
};

/// All dates have the length of the longest.
void padDates(DatedProgram& program) {
  unsigned length = 0;
  for (const DatedStatement& statement : program.statements)
    length = std::max(length, dimensionCount(statement.date.range()));
  for (DatedStatement& statement : program.statements) {
    const isl::pw_multi_aff date = statement.date.as_pw_multi_aff();
    const unsigned own = dimensionCount(statement.date.range());
    std::vector<isl::pw_aff> entries;
    for (unsigned d = 0; d < length; ++d)
      entries.push_back(d < own ? date.at(static_cast<int>(d)) : constantAff(statement.domain.space(), 0));
    statement.date = mapOf(statement, entries);
  }
}

void refuseSharedDates(const PolyDocument& document, const DatedProgram& program) {
  for (std::size_t a = 0; a < program.statements.size(); ++a)
    for (std::size_t b = a + 1; b < program.statements.size(); ++b) {
      const isl::set both = program.statements[a].date.range().intersect(program.statements[b].date.range());
      if (!both.intersect_params(program.context).is_empty())
        failPoly("order-not-total", document.statements[b].name.range,
                 fmt::format("instances of {} and {} have the same date; wanted numbers that tell which runs first, such as "
                             "[t, 0, i] and [t, 1, i]", program.statements[a].name, program.statements[b].name));
    }
}

/// Loops run over the statements' own iterators.
void refuseForeignLoops(const PolyDocument& document, const DatedProgram& program) {
  const DatedOrder order = orderOf(program);
  for (std::size_t s = 0; s < program.statements.size(); ++s) {
    const DatedStatement& statement = program.statements[s];
    if (order.statements[s].loops.size() != statement.iterators.size())
      failPoly("order-not-loops", document.statements[s].name.range,
               fmt::format("{} has a number in its date where other statements with the same numbers before it have an "
                           "iterator; wanted a number before that place that tells which runs first",
                           statement.name));
    for (unsigned d = 0; d < statement.iterators.size(); ++d)
      if (!statement.domain.is_subset(order.statements[s].values[d].eq_set(dimensionAff(statement.domain.space(), d))))
        failPoly("order-not-loops", document.statements[s].name.range,
                 fmt::format("{} runs its iterator {} down in a loop that other statements run up; wanted one direction in a "
                             "loop, or a number before that place that makes two loops", statement.name,
                             statement.iterators[d]));
  }
}

} // namespace

void addDates(const PolyDocument& document, DatedProgram& program) {
  if (!document.hasOrder)
    return addTextualDates(program);
  std::vector<const PolyDate*> dates(program.statements.size(), nullptr);
  for (const PolyDate& date : document.order) {
    const auto found = std::ranges::find(program.statements, date.statement.text, &DatedStatement::name);
    if (found == program.statements.end())
      failPoly("unknown-statement", date.statement.range, fmt::format("there is no statement '{}'", date.statement.text));
    const auto index = static_cast<std::size_t>(found - program.statements.begin());
    if (dates[index] != nullptr)
      failPoly("bad-order", date.statement.range, fmt::format("{} has a second date", date.statement.text));
    dates[index] = &date;
    found->date = DateReader(date, *found).read();
  }
  for (std::size_t s = 0; s < dates.size(); ++s)
    if (dates[s] == nullptr)
      failPoly("bad-order", document.statements[s].name.range, fmt::format("{} has no date in the order", program.statements[s].name));
  padDates(program);
  refuseSharedDates(document, program);
  refuseForeignLoops(document, program);
}

} // namespace polyloom
