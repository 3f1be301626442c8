#include "core/generate/kernel_writer.h"

#include "core/base/check.h"
#include "core/generate/kernel_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

namespace polyloom {

const std::map<std::string, KernelWriter::Action>& KernelWriter::actions() {
  using W = KernelWriter;
  static const std::map<std::string, Action> kActions = {
      {"types", &W::types},       {"sizes", &W::sizes}, {"in", &W::bindInput},  {"use", &W::bindUse},
      {"out", &W::bindOut},       {"fresh", &W::bindFresh}, {"real", &W::real}, {"loops", &W::loops},
      {"nest", &W::nest},         {"down", &W::down},   {"time", &W::time},     {"if", &W::guard},
      {"end", &W::end},           {"done", &W::done},   {"read", &W::read},     {"pure", &W::pure},
      {"constant", &W::constant}, {"factor", &W::factor}, {"share", &W::share}, {"alpha", &W::alpha},
      {"type", &W::typeName}};
  return kActions;
}

std::string KernelWriter::actionName(const std::string& word) {
  if (word.size() < 3 || word.front() != '<' || word.back() != '>')
    return {};
  return word.substr(1, std::min(word.find(':'), word.size() - 1) - 1);
}

void KernelWriter::take(const std::string& text) {
  const std::string name = actionName(text);
  if (name.empty())
    return text == ";" ? endStatement() : word(substituted(text));
  const std::size_t colon = text.find(':');
  const std::string words = colon == std::string::npos ? "" : text.substr(colon + 1, text.size() - colon - 2);
  (this->*actions().at(name))(words);
}

// Text

void KernelWriter::line(const std::string& text) { text_ += std::string(2 * open_.size() + 2, ' ') + text + "\n"; }

void KernelWriter::word(const std::string& text) {
  const bool isTight = line_.empty() || line_.back() == '(' || text == ")";
  line_ += (isTight ? "" : " ") + text;
}

void KernelWriter::endStatement() {
  const auto cells = std::ranges::count(line_, '[') - static_cast<std::ptrdiff_t>(countOf(line_, "]["));
  KernelCost cost{.weight = 1 + 0.5 * static_cast<double>(cells), .trips = {}};
  for (const Loop& loop : open_) {
    if (loop.iterator.empty())
      continue;
    cost.trips.push_back(loop.extent);
    cost.weight *= loop.isTriangular ? 0.5 : 1;
  }
  costs_.push_back(std::move(cost));
  line(line_ + ";");
  line_.clear();
}

std::string KernelWriter::numberText(double value) const {
  return type_ == "int" ? fmt::format("{}", static_cast<int>(value))
                        : fmt::format("{:.4g}{}{}", value, value == static_cast<int>(value) ? ".0" : "",
                                      type_ == "float" ? "f" : "");
}

/// C with the names that stand for something replaced, and numbers and functions of the program's type.
std::string KernelWriter::substituted(std::string_view text) const {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    if (isWordStart(text[at])) {
      const std::string name(wordAt(text, at));
      at += name.size();
      if (const auto array = bound_.find(name); array != bound_.end())
        result += cellText(arrays_[array->second], text, at);
      else if (const auto local = locals_.find(name); local != locals_.end())
        result += local->second;
      else if (const auto size = sizes_.find(name); size != sizes_.end())
        result += size->second;
      else
        result += name + (at < text.size() && text[at] == '(' && type_ == "float" ? "f" : "");
    } else if (isDigit(text[at])) {
      const std::string number(numberAt(text, at));
      at += number.size();
      const bool isReal = number.find('.') != std::string::npos;
      result += isReal ? numberText(std::stod(number)) : number;
    } else {
      result += text[at++];
    }
  }
  return result;
}

std::string KernelWriter::cellText(const Array& array, std::string_view text, std::size_t& at) const {
  std::vector<std::string> subscripts;
  while (at < text.size() && text[at] == '[') {
    const std::string_view inside = bracketAt(text, at);
    subscripts.push_back(substituted(inside));
    at += inside.size() + 2;
  }
  POLYLOOM_CHECK(subscripts.size() == array.extents.size()); // the grammar's rank is the binding's
  return array.cell(subscripts);
}

std::string KernelWriter::Array::cell(const std::vector<std::string>& subscripts) const {
  std::string text = name;
  for (std::size_t d = 0; d < order.size(); ++d) {
    const std::string& subscript = subscripts[order[d]];
    const bool isDoubled = isStrided && d + 1 == order.size();
    const bool isSimple = std::ranges::all_of(subscript, isWordPart);
    text += "[" + (isDoubled ? "2 * " + (isSimple ? subscript : "(" + subscript + ")") : subscript) + "]";
  }
  return text;
}

std::string KernelWriter::Array::declaration() const {
  std::string text = type + " " + name;
  for (std::size_t d = 0; d < order.size(); ++d) {
    const KernelExtent& extent = extents[order[d]];
    const bool isDoubled = isStrided && d + 1 == order.size();
    text += "[" + (isDoubled ? KernelExtent{extent.parameter, 2 * extent.scale, 2 * extent.more}.text() : extent.text()) + "]";
  }
  return text;
}

// Sizes and types

void KernelWriter::types(const std::string& words) {
  std::vector<std::string> weighted;
  for (const std::string& item : splitWords(words, ',')) {
    const std::size_t equals = item.find('=');
    weighted.insert(weighted.end(), static_cast<std::size_t>(std::stoi(item.substr(equals + 1))), item.substr(0, equals));
  }
  type_ = random_.pick(weighted);
}

void KernelWriter::sizes(const std::string& words) {
  static const std::vector<std::vector<std::string>> kPools = {{"N"}, {"N"}, {"N", "M"}, {"N", "M"}, {"N", "M", "K"},
                                                               {"N", "M", "K", "L"}};
  if (pool_.empty())
    pool_ = random_.pick(kPools);
  sizes_.clear();
  bound_.clear();
  locals_.clear();
  for (const std::string& name : splitWords(words, ',')) {
    sizes_[name] = random_.pick(pool_);
    if (std::ranges::find(used_, sizes_[name]) == used_.end())
      used_.push_back(sizes_[name]);
  }
}

/// "2*a+1", "3".
KernelExtent KernelWriter::extentOf(std::string_view text) const {
  KernelExtent extent;
  int sign = 1;
  for (std::size_t at = 0; at < text.size();) {
    if (isWordStart(text[at])) {
      const std::string name(wordAt(text, at));
      at += name.size();
      extent.parameter = sizes_.at(name);
    } else if (isDigit(text[at])) {
      const std::string number(numberAt(text, at));
      at += number.size();
      const bool isScale = at < text.size() && text[at] == '*';
      (isScale ? extent.scale : extent.more) = sign * std::stoi(number);
    } else {
      sign = text[at++] == '-' ? -1 : 1;
    }
  }
  return extent;
}

/// Values below this are below the result: a loop up to before a-1 stays inside what has a cells, one up to i inside what
/// i stays inside of.
KernelExtent KernelWriter::loopExtent(std::string_view high) const {
  for (const Loop& outer : open_)
    if (!outer.iterator.empty() && mentionsWord(high, outer.iterator))
      return outer.extent;
  KernelExtent extent = extentOf(high);
  if (!extent.parameter.empty())
    extent.more = std::max(extent.more, 0);
  return extent;
}

std::vector<KernelExtent> KernelWriter::extentsOf(const std::string& words) const {
  std::vector<KernelExtent> extents;
  for (const std::string& item : splitWords(words, ','))
    extents.push_back(extentOf(item));
  return extents;
}

void KernelWriter::constant(const std::string&) { word(numberText(0.05 * random_.between(5, 35))); }
void KernelWriter::factor(const std::string&) { word(numberText(0.05 * random_.between(2, 18))); }

void KernelWriter::share(const std::string& words) {
  word(numberText(random_.between(60, 99) / 100.0 / std::stoi(words)));
}

void KernelWriter::alpha(const std::string&) {
  static const std::vector<std::string> kNames = {"alpha", "beta"};
  const std::string& name = random_.pick(kNames);
  if (std::ranges::find(scalars_, name) == scalars_.end())
    scalars_.push_back(name);
  word(name);
}

void KernelWriter::typeName(const std::string&) { word(type_); }

void KernelWriter::real(const std::string& words) { locals_[words] = fmt::format("s{}", ++reals_); }

// Arrays

std::size_t KernelWriter::declare(std::vector<KernelExtent> extents, Array::Kind kind, bool isPlain) {
  static const std::string_view kLetters = "ABCDEFGHPQRSUVWXYZ";
  const std::size_t number = arrays_.size();
  Array array{.name = std::string(1, kLetters[number % kLetters.size()]), .type = type_, .extents = std::move(extents),
              .kind = kind, .order = {}};
  if (number >= kLetters.size())
    array.name += std::to_string(number / kLetters.size());
  array.order.resize(array.extents.size());
  std::iota(array.order.begin(), array.order.end(), std::size_t{0});
  if (!isPlain && array.order.size() > 1 && random_.oneIn(5))
    std::swap(array.order[array.order.size() - 2], array.order.back());
  array.isStrided = !isPlain && random_.oneIn(25);
  if (type_ != "int" && random_.oneIn(15))
    array.type = type_ == "double" ? "float" : "double";
  arrays_.push_back(std::move(array));
  return number;
}

template <typename Fits> std::size_t KernelWriter::find(const std::vector<KernelExtent>& extents, const Fits& fits) {
  std::vector<std::size_t> found;
  for (std::size_t a = 0; a < arrays_.size(); ++a) {
    const bool isBound = std::ranges::any_of(bound_, [&](const auto& binding) { return binding.second == a; });
    if (!isBound && arrays_[a].extents == extents && fits(arrays_[a]))
      found.push_back(a);
  }
  return found.empty() ? arrays_.size() : random_.pick(found);
}

void KernelWriter::bindInput(const std::string& words) {
  const std::size_t colon = words.find(':');
  const auto extents = extentsOf(words.substr(colon + 1));
  const std::size_t found = find(extents, [](const Array& array) { return array.kind == Array::Kind::Input; });
  const bool isShared = found < arrays_.size() && !random_.oneIn(3);
  bound_[words.substr(0, colon)] = isShared ? found : declare(extents, Array::Kind::Input, false);
}

void KernelWriter::bindUse(const std::string& words) {
  const std::size_t colon = words.find(':');
  const auto extents = extentsOf(words.substr(colon + 1));
  std::size_t found = find(extents, [](const Array& array) { return array.kind != Array::Kind::Input; });
  if (found == arrays_.size())
    found = find(extents, [](const Array&) { return true; });
  const bool isShared = found < arrays_.size() && !random_.oneIn(5);
  bound_[words.substr(0, colon)] = isShared ? found : declare(extents, Array::Kind::Input, false);
}

void KernelWriter::bindOut(const std::string& words) {
  const std::size_t colon = words.find(':');
  const auto extents = extentsOf(words.substr(colon + 1));
  const std::size_t found = find(extents, [](const Array& array) { return array.kind == Array::Kind::Written; });
  const bool isShared = found < arrays_.size() && random_.oneIn(3);
  bound_[words.substr(0, colon)] = isShared ? found : declare(extents, Array::Kind::Written, false);
}

void KernelWriter::bindFresh(const std::string& words) {
  const std::size_t colon = words.find(':');
  bound_[words.substr(0, colon)] = declare(extentsOf(words.substr(colon + 1)), Array::Kind::Fresh, true);
}

void KernelWriter::putCell(const std::string& iterators, bool isPure) {
  std::vector<KernelExtent> extents;
  const std::vector<std::string> subscripts = splitWords(iterators, ',');
  for (const std::string& iterator : subscripts) {
    const auto loop = std::ranges::find(open_, iterator, &Loop::iterator);
    POLYLOOM_CHECK(loop != open_.end());
    extents.push_back(loop->extent);
  }
  const bool wantsWritten = !isPure && !random_.oneIn(3);
  std::size_t array = find(extents, [&](const Array& each) {
    return wantsWritten ? each.kind != Array::Kind::Input : each.kind == Array::Kind::Input;
  });
  if (array == arrays_.size() || random_.oneIn(6))
    array = declare(std::move(extents), Array::Kind::Input, false);
  word(arrays_[array].cell(subscripts));
}

void KernelWriter::read(const std::string& words) { putCell(words, false); }
void KernelWriter::pure(const std::string& words) { putCell(words, true); }

// Loops

void KernelWriter::open(const Range& range, bool isUp) {
  const std::string low = substituted(range.low), high = substituted(range.high);
  Loop loop{range.iterator, loopExtent(range.high), false};
  const auto names = [&](const Loop& outer) {
    return !outer.iterator.empty() && (mentionsWord(range.low, outer.iterator) || mentionsWord(range.high, outer.iterator));
  };
  loop.isTriangular = std::ranges::any_of(open_, names);
  if (isUp)
    line(fmt::format("for (int {0} = {1}; {0} < {2}; {0}++) {{", range.iterator, low, high));
  else
    line(fmt::format("for (int {0} = {2} - 1; {0} >= {1}; {0}--) {{", range.iterator, low, high));
  open_.push_back(std::move(loop));
}

void KernelWriter::loops(const std::string& words) {
  std::vector<std::string> items = splitWords(words, ',');
  if (random_.oneIn(2))
    for (std::size_t k = items.size(); k > 1; --k)
      std::swap(items[k - 1], items[random_.below(k)]);
  nest(fmt::format("{}", fmt::join(items, ",")));
}

void KernelWriter::nest(const std::string& words) {
  for (const std::string& item : splitWords(words, ',')) {
    const auto [iterator, low, high] = rangeOf(item);
    open({iterator, low, high});
  }
}

void KernelWriter::down(const std::string& words) {
  const auto [iterator, low, high] = rangeOf(words);
  open({iterator, low, high}, false);
}

void KernelWriter::time(const std::string& words) {
  usesTime_ = true;
  line(fmt::format("for (int {0} = 0; {0} < T; {0}++) {{", words));
  open_.push_back({words, {.parameter = "T"}, false});
}

void KernelWriter::guard(const std::string& words) {
  line(fmt::format("if ({}) {{", substituted(words)));
  open_.push_back({});
}

void KernelWriter::end(const std::string&) {
  POLYLOOM_CHECK(!open_.empty());
  open_.pop_back();
  line("}");
}

void KernelWriter::done(const std::string& words) {
  while (!open_.empty())
    end(words);
}

std::string KernelWriter::finish() {
  KernelAmounts amounts{.sizes = used_, .hasTime = usesTime_, .costs = costs_, .arrays = {},
                        .elementBytes = type_ == "double" ? 8 : 4};
  std::vector<std::string> arguments;
  for (const std::string& name : used_)
    arguments.push_back("int " + name);
  if (usesTime_)
    arguments.emplace_back("int T");
  for (const std::string& name : scalars_)
    arguments.push_back(type_ + " " + name);
  for (const Array& array : arrays_) {
    arguments.push_back(array.declaration());
    amounts.arrays.push_back(array.extents);
  }
  const bool usesMath = text_.find("sqrt") != std::string::npos || text_.find("fabs") != std::string::npos;
  return fmt::format("// preset MINI: {}\n// preset TYPICAL: {}\n{}void kernel({}) {{\n#pragma scop\n{}#pragma endscop\n}}\n",
                     kernelSizesText(smallKernelSizes(amounts)), kernelSizesText(drawKernelSizes(amounts, random_)),
                     usesMath ? "#include <math.h>\n\n" : "\n", fmt::join(arguments, ", "), text_);
}

} // namespace polyloom
