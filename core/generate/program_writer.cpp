#include "core/generate/program_writer.h"

#include "core/base/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace polyloom {

const std::map<std::string, ProgramWriter::Action>& ProgramWriter::actions() {
  using W = ProgramWriter;
  static const std::map<std::string, Action> kActions = {
      {"<loop>", &W::loop},           {"<if>", &W::guard},          {"<else>", &W::otherwise},
      {"<end>", &W::end},             {"<write>", &W::write},       {"<same>", &W::same},
      {"<read>", &W::read},           {"<near>", &W::near},         {"<again>", &W::again},
      {"<scalar>", &W::scalar},       {"<conditional>", &W::conditional},
      {"<temporary>", &W::temporary}, {"<row>", &W::row},           {"<temp>", &W::temp},
      {"<held>", &W::held},           {"<hold>", &W::hold},         {"<held-before>", &W::heldBefore},
      {"<close-scope>", &W::closeScope}};
  return kActions;
}

const std::vector<std::string>& ProgramWriter::choices() {
  static const std::vector<std::string> kChoices = {"step", "low", "high", "size", "condition", "rank", "subscript", "iterator"};
  return kChoices;
}

ProgramWriter::ProgramWriter(const Grammar& grammar, Random& random) : grammar_(grammar), random_(random) {
  for (const auto& [name, rank] : std::initializer_list<std::pair<const char*, std::size_t>>{
           {"A", 1}, {"B", 1}, {"C", 2}, {"D", 2}, {"E", 3}})
    declare(name, rank, Variable::Kind::Argument);
}

void ProgramWriter::take(const std::string& wordText) {
  const auto action = actions().find(wordText);
  if (action != actions().end())
    (this->*action->second)();
  else
    word(wordText);
}

void ProgramWriter::showPending() {
  variables_[*pending_].isVisible = true;
  pending_.reset();
}

// Text

void ProgramWriter::line(const std::string& text) { text_ += std::string(2 * depth_ + 2, ' ') + text + "\n"; }

void ProgramWriter::word(const std::string& text) {
  if (text == ";") {
    line(line_ + ";");
    line_.clear();
    if (pending_ && variables_[*pending_].extents.empty())
      showPending();
    return;
  }
  const bool isTight = line_.empty() || line_.back() == '(' || text == ")" || text == ",";
  line_ += (isTight ? "" : " ") + text;
}

void ProgramWriter::open(const std::string& head) {
  line(head + " {");
  ++depth_;
}

void ProgramWriter::put(const Reference& reference) {
  Variable& variable = variables_[reference.variable];
  std::string text = variable.name;
  for (std::size_t d = 0; d < reference.subscripts.size(); ++d) {
    const Subscript& subscript = reference.subscripts[d];
    text += "[" + plusText(subscript.base, subscript.offset) + "]";
    variable.extents[d] = larger(variable.extents[d], subscript.high + Bound{.constant = 1});
  }
  word(text);
  last_ = reference;
}

// Blocks

std::pair<std::string, Bound> ProgramWriter::size() {
  const bool isN = choose("size") == "N";
  (isN ? usesN_ : usesM_) = true;
  return isN ? std::pair{std::string("N"), Bound{.n = 1}} : std::pair{std::string("M"), Bound{.m = 1}};
}

ProgramWriter::Low ProgramWriter::low() {
  const std::string choice = choose("low");
  if (!choice.starts_with("outer"))
    return {choice, std::stoi(choice), false};
  if (iterators_.empty())
    return {"0", 0, false};
  const Iterator& outer = iterators_.back();
  const int more = choice == "outer" ? 0 : 1;
  return {plusText(outer.name, more), outer.low + more, true};
}

ProgramWriter::High ProgramWriter::high(bool isAboveOuter) {
  std::string choice = choose("high");
  if (iterators_.empty() && choice.find("outer") != std::string::npos)
    choice = "size";
  if (isAboveOuter && (choice == "outer" || choice == "outer+1"))
    choice = "outer+3"; // the loop would hardly run
  if (choice.starts_with("outer")) {
    const int more = choice == "outer" ? 0 : choice.back() - '0';
    return {iterators_.back().name, more, iterators_.back().high + Bound{.constant = more - 1}};
  }
  const auto [name, value] = size();
  if (choice == "size-outer")
    return {name + " - " + iterators_.back().name, 0, value + Bound{.constant = -iterators_.back().low - 1}};
  const int less = choice == "size" ? 0 : choice.back() - '0';
  return {name, -less, value + Bound{.constant = -less - 1}};
}

void ProgramWriter::loop() {
  static const char* const kNames[] = {"i", "j", "k", "l", "m", "n"};
  POLYLOOM_CHECK(iterators_.size() < std::size(kNames));
  const std::string name = kNames[iterators_.size()];
  const Low from = low();
  const High to = high(from.isOuter);
  const std::string step = choose("step");
  const bool isUp = step.starts_with("up");
  const int amount = step.back() - '0';
  const std::string change = amount == 1 ? name + (isUp ? "++" : "--")
                                         : fmt::format("{} {} {}", name, isUp ? "+=" : "-=", amount);
  if (isUp)
    open(fmt::format("for (int {0} = {1}; {0} < {2}; {3})", name, from.text, plusText(to.base, to.offset), change));
  else
    open(fmt::format("for (int {0} = {1}; {0} >= {2}; {3})", name, plusText(to.base, to.offset - 1), from.text, change));
  blocks_.push_back(true);
  iterators_.push_back({name, from.value, to.last});
  if (held_ && !held_->iterator)
    held_->iterator = iterators_.size() - 1;
  if (held_ && held_->iterator == iterators_.size() - 1 && step == "up-1")
    held_->guard = fmt::format("{} > {}", name, from.text);
}

std::string ProgramWriter::condition() {
  const std::string choice = choose("condition");
  const std::string i = anyIterator().name;
  const std::string j = iterators_.back().name;
  const int constant = random_.between(1, 3);
  if (choice == "i+j<size")
    return fmt::format("{} + {} < {}", i, j, size().first);
  if (choice == "i>=constant")
    return fmt::format("{} >= {}", i, constant);
  if (choice == "i%2==constant")
    return fmt::format("{} % 2 == {}", i, constant % 2);
  if (choice == "i<=j" && i != j)
    return fmt::format("{} <= {}", i, j);
  if (choice == "i!=j" && i != j)
    return fmt::format("{} != {}", i, j);
  return fmt::format("{} + {} >= {}", i, j, constant);
}

void ProgramWriter::guard() {
  open("if (" + condition() + ")");
  blocks_.push_back(false);
}

void ProgramWriter::otherwise() {
  --depth_;
  open("} else");
}

void ProgramWriter::end() {
  --depth_;
  line("}");
  if (blocks_.back()) {
    iterators_.pop_back();
    last_ = {}; // its subscripts may use the iterator that is gone
  }
  blocks_.pop_back();
  if (pending_)
    showPending();
}

// Cells

const ProgramWriter::Iterator& ProgramWriter::iteratorFor(std::size_t dimension) {
  return choose("iterator") == "aligned" ? iterators_[std::min(dimension, iterators_.size() - 1)] : anyIterator();
}

ProgramWriter::Subscript ProgramWriter::Subscript::shifted(int amount) const {
  return {base, offset + amount, low + amount, high + Bound{.constant = amount}};
}

ProgramWriter::Subscript ProgramWriter::subscript(std::size_t dimension) {
  const std::string choice = choose("subscript");
  const int constant = random_.between(1, 2);
  const Iterator& i = iteratorFor(dimension);
  const Subscript plain{i.name, 0, i.low, i.high};
  if (choice == "i+constant")
    return plain.shifted(constant);
  if (choice == "i-constant")
    return plain.shifted(-std::min(constant, i.low));
  if (choice == "2*i")
    return {"2 * " + i.name, 0, 2 * i.low, i.high + i.high};
  if (choice == "i+j") {
    const Iterator& j = anyIterator();
    return {i.name + " + " + j.name, 0, i.low + j.low, i.high + j.high};
  }
  if (choice == "last-i")
    return {boundText(i.high) + " - " + i.name, 0, 0, i.high + Bound{.constant = -i.low}};
  if (choice == "constant")
    return {std::to_string(constant - 1), 0, constant - 1, {.constant = constant - 1}};
  return plain;
}

std::size_t ProgramWriter::declare(const std::string& name, std::size_t rank, Variable::Kind kind) {
  variables_.push_back({name, std::vector<Bound>(rank, Bound{.constant = 1}), kind, kind != Variable::Kind::Block});
  return variables_.size() - 1;
}

std::size_t ProgramWriter::variableOfRank(std::size_t rank) {
  std::vector<std::size_t> found;
  for (std::size_t v = 0; v < variables_.size(); ++v)
    if (variables_[v].isVisible && variables_[v].extents.size() == rank)
      found.push_back(v);
  return found.empty() ? 0 : random_.pick(found); // there may be no scalar
}

ProgramWriter::Reference ProgramWriter::reference() {
  Reference made{variableOfRank(static_cast<std::size_t>(std::stoi(choose("rank")))), {}};
  for (std::size_t d = 0; d < variables_[made.variable].extents.size(); ++d)
    made.subscripts.push_back(subscript(d));
  return made;
}

void ProgramWriter::write() {
  target_ = reference();
  put(target_);
}

void ProgramWriter::same() {
  const Reference kept = last_;
  put(target_);
  last_ = kept;
}

void ProgramWriter::read() { put(reference()); }

bool ProgramWriter::hasLast() const { return !last_.subscripts.empty() && variables_[last_.variable].isVisible; }

void ProgramWriter::again() { put(hasLast() ? last_ : reference()); }

void ProgramWriter::near() {
  if (!hasLast())
    return read();
  Reference neighbor = last_;
  Subscript& moved = neighbor.subscripts[random_.below(neighbor.subscripts.size())];
  moved = moved.shifted(std::max(random_.between(-1, 1), -moved.low));
  put(neighbor);
}

void ProgramWriter::conditional() {
  Reference guarded = reference();
  if (guarded.subscripts.empty())
    return put(guarded);
  const Reference kept = last_; // nobody else may take a cell that only the guard keeps inside
  const Iterator& i = anyIterator();
  guarded.subscripts[0] = {i.name, -1, 0, i.high};
  word(fmt::format("({} > 0 ?", i.name));
  put(guarded);
  word(": 1.0)");
  last_ = kept;
}

// Variables

std::string ProgramWriter::finish() {
  for (std::size_t v = 0; v < variables_.size(); ++v)
    for (std::size_t d = 0; d < variables_[v].extents.size(); ++d) {
      const std::string mark = fmt::format("@{},{}@", v, d);
      for (std::size_t at = text_.find(mark); at != std::string::npos; at = text_.find(mark, at))
        text_.replace(at, mark.size(), boundText(variables_[v].extents[d]));
    }
  std::vector<std::string> arguments;
  std::string locals;
  if (usesN_)
    arguments.emplace_back("int N");
  if (usesM_)
    arguments.emplace_back("int M");
  for (const Variable& variable : variables_) {
    std::string declaration = "double " + variable.name;
    for (const Bound& extent : variable.extents)
      declaration += "[" + boundText(extent) + "]";
    if (variable.kind == Variable::Kind::Argument && text_.find(variable.name + "[") != std::string::npos)
      arguments.push_back(declaration);
    if (variable.kind == Variable::Kind::Function)
      locals += "  " + declaration + " = 0.0;\n";
  }
  const char* const header = text_.find("fmin(") != std::string::npos || text_.find("fmax(") != std::string::npos
                                 ? "#include <math.h>\n\n" : "";
  return fmt::format("{}void kernel({}) {{\n{}#pragma scop\n{}#pragma endscop\n}}\n", header,
                     fmt::join(arguments, ", "), locals, text_);
}

void ProgramWriter::scalar() { declare(fmt::format("s{}", variables_.size()), 0, Variable::Kind::Function); }

void ProgramWriter::temporary() {
  pending_ = declare(fmt::format("t{}", ++blockVariables_), 0, Variable::Kind::Block);
  word("double " + variables_[*pending_].name);
}

void ProgramWriter::row() {
  const std::size_t made = declare(fmt::format("row{}", ++blockVariables_), 1, Variable::Kind::Block);
  line(fmt::format("double {}[@{},0@];", variables_[made].name, made));
  open(fmt::format("for (int c = 0; c < @{},0@; c++)", made));
  blocks_.push_back(false); // no subscript may use c: other arrays would have to grow with the row
  word(variables_[made].name + "[c]");
  pending_ = made;
}

void ProgramWriter::held() {
  const std::size_t made = declare(fmt::format("held{}", ++blockVariables_), 1, Variable::Kind::Block);
  line(fmt::format("double {}[@{},0@];", variables_[made].name, made));
  held_ = Held{.variable = made};
}

void ProgramWriter::hold() {
  POLYLOOM_CHECK(held_ && held_->iterator); // the grammar puts a loop in between
  const Iterator& i = iterators_[*held_->iterator];
  const Reference kept = last_; // neighbors may not be written yet
  put({held_->variable, {{i.name, 0, i.low, i.high}}});
  last_ = kept;
}

void ProgramWriter::heldBefore() {
  if (held_->guard.empty())
    return hold(); // with another step the neighbor is never written
  const Iterator& i = iterators_[*held_->iterator];
  word(fmt::format("({} ? {}[{} - 1] : 1.0)", held_->guard, variables_[held_->variable].name, i.name));
}

void ProgramWriter::temp() {
  std::vector<std::size_t> found;
  for (std::size_t v = 0; v < variables_.size(); ++v)
    if (variables_[v].isVisible && variables_[v].kind == Variable::Kind::Block && variables_[v].extents.empty())
      found.push_back(v);
  if (found.empty())
    read();
  else
    put({random_.pick(found), {}});
}

void ProgramWriter::closeScope() {
  for (Variable& variable : variables_)
    if (variable.kind == Variable::Kind::Block)
      variable.isVisible = false;
  held_.reset();
}

} // namespace polyloom
