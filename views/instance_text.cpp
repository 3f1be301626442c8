#include "views/instance_text.h"

#include <algorithm>
#include <cctype>

namespace polyloom {

namespace {

/// Recursive descent over sums, products and atoms.
class IndexParser {
public:
  IndexParser(std::string_view text, const std::map<std::string, std::int64_t>& values)
      : text_(text), values_(values) {}

  std::optional<std::int64_t> parse() {
    const auto value = sum();
    skipSpace();
    return at_ == text_.size() ? value : std::nullopt;
  }

private:
  void skipSpace() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])))
      ++at_;
  }
  char peek() {
    skipSpace();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c)
      return false;
    ++at_;
    return true;
  }
  std::optional<std::int64_t> sum() {
    auto left = product();
    while (left && (peek() == '+' || peek() == '-')) {
      const char op = text_[at_++];
      const auto right = product();
      if (!right)
        return std::nullopt;
      left = op == '+' ? *left + *right : *left - *right;
    }
    return left;
  }
  std::optional<std::int64_t> product() {
    auto left = atom();
    while (left && (peek() == '*' || peek() == '/' || peek() == '%')) {
      const char op = text_[at_++];
      const auto right = atom();
      if (!right || (op != '*' && *right == 0))
        return std::nullopt;
      left = op == '*' ? *left * *right : op == '/' ? *left / *right : *left % *right;
    }
    return left;
  }
  std::optional<std::int64_t> atom() {
    if (take('-')) {
      const auto value = atom();
      return value ? std::optional(-*value) : std::nullopt;
    }
    if (take('(')) {
      const auto value = sum();
      return value && take(')') ? value : std::nullopt;
    }
    return std::isdigit(static_cast<unsigned char>(peek())) ? number() : name();
  }
  std::optional<std::int64_t> number() {
    std::int64_t value = 0;
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) && value < (1LL << 53))
      value = value * 10 + (text_[at_++] - '0');
    // "2i": isl's notation for a product.
    return at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) ? times(value) : value;
  }
  std::optional<std::int64_t> times(std::int64_t factor) {
    const auto value = name();
    return value ? std::optional(factor * *value) : std::nullopt;
  }
  std::optional<std::int64_t> name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'))
      ++at_;
    const auto found = values_.find(std::string(text_.substr(begin, at_ - begin)));
    return found == values_.end() ? std::nullopt : std::optional(found->second);
  }

  std::string_view text_;
  const std::map<std::string, std::int64_t>& values_;
  std::size_t at_ = 0;
};

std::string substituteList(std::string_view list, const std::map<std::string, std::int64_t>& values) {
  std::string result;
  while (true) {
    const std::size_t comma = list.find(',');
    const std::string_view item = list.substr(0, comma);
    const auto value = evaluateIndex(item, values);
    result += value ? std::to_string(*value) : std::string(item);
    if (comma == std::string_view::npos)
      return result;
    result += ", ";
    list.remove_prefix(comma + 1);
  }
}

std::string tupleText(const std::vector<std::string>& names, const std::int32_t* values) {
  std::string text;
  for (std::size_t d = 0; d < names.size(); ++d)
    text += (d ? ", " : "") + names[d] + "=" + std::to_string(values[d]);
  return text;
}

std::string tileText(const InstanceCloud& cloud, const std::int32_t* time) {
  std::string text;
  for (std::size_t d = 0; d < cloud.timeLoops.size() && d < cloud.timeIsTile.size(); ++d)
    if (cloud.timeIsTile[d])
      text += (text.empty() ? "" : ", ") + std::to_string(time[d]);
  return text.empty() ? text : "tile (" + text + ")";
}

/// The source's own names of the loops around the statement: its text and its accesses speak in them.
const std::vector<std::string>& iteratorsOf(const ProgramSnapshot& program, const InstanceCloud& cloud) {
  const auto statement = static_cast<std::size_t>(cloud.statement);
  const bool known = statement < program.statements.size() &&
                     program.statements[statement].iterators.size() == cloud.sourceLoops.size();
  return known ? program.statements[statement].iterators : cloud.sourceLoops;
}

std::size_t totalCount(const SpaceSnapshot& space) {
  std::size_t total = 0;
  for (const InstanceCloud& cloud : space.clouds)
    total += cloud.count;
  return total;
}

} // namespace

std::optional<std::int64_t> evaluateIndex(std::string_view expression,
                                          const std::map<std::string, std::int64_t>& values) {
  return IndexParser(expression, values).parse();
}

std::string substituteAccess(std::string_view access, const std::map<std::string, std::int64_t>& values) {
  std::string result;
  while (!access.empty()) {
    const std::size_t open = access.find('[');
    const std::size_t close = open == std::string_view::npos ? open : access.find(']', open);
    if (close == std::string_view::npos)
      return result + std::string(access);
    result += std::string(access.substr(0, open + 1)) +
              substituteList(access.substr(open + 1, close - open - 1), values) + "]";
    access.remove_prefix(close + 1);
  }
  return result;
}

std::string instanceName(const ProgramSnapshot& program, const InstanceCloud& cloud, std::size_t index) {
  const auto statement = static_cast<std::size_t>(cloud.statement);
  const std::string name = statement < program.statements.size() ? program.statements[statement].name : "?";
  return name + "[" + tupleText(iteratorsOf(program, cloud), cloud.source.data() + index * cloud.sourceLoops.size()) + "]";
}

InstanceId findInstance(const SpaceSnapshot& space, int statement, std::span<const std::int64_t> source) {
  for (std::size_t c = 0; c < space.clouds.size(); ++c) {
    const InstanceCloud& cloud = space.clouds[c];
    const std::size_t width = cloud.sourceLoops.size();
    if (cloud.statement != statement || width != source.size())
      continue;
    for (std::size_t row = 0; row < cloud.count; ++row)
      if (std::equal(source.begin(), source.end(), cloud.source.begin() + static_cast<std::ptrdiff_t>(row * width)))
        return {static_cast<int>(c), static_cast<int>(row), statement};
  }
  return {};
}

InstanceId followInstance(const SpaceSnapshot& from, const InstanceId& instance, const SpaceSnapshot& to) {
  if (!instance.isValid() || static_cast<std::size_t>(instance.cloud) >= from.clouds.size())
    return {};
  const InstanceCloud& cloud = from.clouds[static_cast<std::size_t>(instance.cloud)];
  if (static_cast<std::size_t>(instance.index) >= cloud.count)
    return {};
  const std::size_t width = cloud.sourceLoops.size();
  const auto row = cloud.source.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(instance.index) * width);
  const std::vector<std::int64_t> coordinates(row, row + static_cast<std::ptrdiff_t>(width));
  return findInstance(to, cloud.statement, coordinates);
}

std::vector<std::string> describeInstance(const ProgramSnapshot& program, const SpaceSnapshot& space, int cloudIndex,
                                          std::size_t index) {
  const InstanceCloud& cloud = space.clouds[static_cast<std::size_t>(cloudIndex)];
  const std::int32_t* time = cloud.time.data() + index * cloud.timeLoops.size();
  const std::string tile = tileText(cloud, time);
  std::vector<std::string> lines{instanceName(program, cloud, index) + (tile.empty() ? "" : "  " + tile)};
  std::string when = "time " + tupleText(cloud.timeLoops, time);
  if (index < cloud.rank.size())
    when += (cloud.timeLoops.empty() ? "" : "  ") + ("step " + std::to_string(cloud.rank[index] + 1)) + " of " +
            std::to_string(totalCount(space));
  lines.push_back(std::move(when));

  std::map<std::string, std::int64_t> values;
  for (const auto& [name, value] : space.parameters)
    values[name] = value;
  const std::vector<std::string>& iterators = iteratorsOf(program, cloud);
  for (std::size_t d = 0; d < cloud.sourceLoops.size(); ++d)
    values[iterators[d]] = cloud.source[index * cloud.sourceLoops.size() + d];
  const auto statement = static_cast<std::size_t>(cloud.statement);
  if (statement < program.statements.size()) {
    const auto& accesses = program.statements[statement].accesses;
    for (std::size_t k = 0; k < accesses.size() && k < 8; ++k)
      lines.push_back(substituteAccess(accesses[k], values));
    if (accesses.size() > 8)
      lines.push_back("and " + std::to_string(accesses.size() - 8) + " more");
  }
  return lines;
}

} // namespace polyloom
