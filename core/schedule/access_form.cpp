#include "core/schedule/access_form.h"

#include "core/isl/extra.h"
#include "core/schedule/storage_edit.h"
#include "core/schedule/values.h"

#include <fmt/format.h>

#include <cctype>
#include <map>

namespace polyloom {

namespace {

/// What stands in each pair of brackets behind the name.
std::vector<std::string> bracketed(const std::string& word, std::size_t at) {
  std::vector<std::string> parts;
  for (; at < word.size(); at = word.find('[', at + 1)) {
    const std::size_t end = word.find(']', at);
    parts.push_back(word.substr(at + 1, end - at - 1));
  }
  return parts;
}

/// The values of the statement's iterators, by their names; an inner one hides an outer one.
std::map<std::string, isl::pw_aff> iteratorsOf(const Scop& scop, const Statement& statement) {
  std::map<std::string, isl::pw_aff> values;
  for (std::size_t d = 0; d < statement.loops.size(); ++d)
    values.insert_or_assign(scop.loops[static_cast<std::size_t>(statement.loops[d])].iterator,
                            dimensionAff(statement.domain.space(), static_cast<unsigned>(d)));
  return values;
}

} // namespace

bool looksLikeAccess(const std::string& word) {
  std::size_t at = 0;
  while (at < word.size() && (std::isalnum(static_cast<unsigned char>(word[at])) != 0 || word[at] == '_'))
    ++at;
  if (at == 0 || std::isdigit(static_cast<unsigned char>(word.front())) != 0)
    return false;
  while (at < word.size() && word[at] == '[') {
    const std::size_t end = word.find_first_of("[]", at + 1);
    if (end == std::string::npos || word[end] != ']')
      return false;
    at = end + 1;
  }
  return at == word.size();
}

Result<AccessForm> readAccessForm(const Scop& scop, const std::string& word) {
  const std::size_t bracket = word.find('[');
  const Result<int> array = requireArray(scop, word.substr(0, bracket));
  if (!array)
    return std::unexpected(array.error());
  AccessForm form{.array = *array, .subscripts = {}};
  for (const std::string& part : bracketed(word, bracket)) {
    Result<AffineAmount> subscript = parseAffineAmount(part);
    if (!subscript)
      return std::unexpected(subscript.error());
    form.subscripts.push_back(std::move(*subscript));
  }
  const Array& named = scop.arrays[static_cast<std::size_t>(*array)];
  if (!form.isWhole() && form.subscripts.size() != named.extents.size())
    return failure("wrong-count", fmt::format("{} has {} dimensions, {} has {} subscripts", named.name,
                                              named.extents.size(), word, form.subscripts.size()));
  return form;
}

bool hasForm(const Scop& scop, const Statement& statement, const Access& access, const AccessForm& form) {
  if (access.array != form.array || form.isWhole())
    return access.array == form.array;
  const std::map<std::string, isl::pw_aff> iterators = iteratorsOf(scop, statement);
  const std::vector<isl::pw_aff> subscripts = subscriptsOf(scop, access);
  for (std::size_t d = 0; d < subscripts.size(); ++d) {
    const Result<isl::pw_aff> wanted = amountOn(form.subscripts[d], statement.domain.space(), scop, iterators);
    if (!wanted)
      return false; // other iterators than the statement's
    if (!access.relation.domain().is_subset(subscripts[d].eq_set(*wanted)))
      return false;
  }
  return true;
}

} // namespace polyloom
