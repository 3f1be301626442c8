#include "core/schedule/steps/pack.h"

#include "core/isl/context.h"
#include "core/isl/extra.h"
#include "core/schedule/cell_loops.h"
#include "core/schedule/footprint.h"
#include "core/schedule/schedule.h"
#include "core/schedule/storage_edit.h"
#include "core/schedule/tree_edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace polyloom {

namespace {

constexpr unsigned long kMostOperations = 20'000'000;

/// Makes the program and the tree with a buffer.
class Packer {
public:
  Packer(const Schedule& schedule, const Footprint& footprint, std::vector<BufferDimension> layout)
      : schedule_(schedule), footprint_(footprint), layout_(std::move(layout)), next_(schedule.program()) {}

  Result<StorageChange> run(const std::vector<TreePtr>& path) {
    addBuffer();
    for (Statement& statement : next_.statements)
      redirect(statement);
    const TreePtr in = addCopy("in", footprint_.read, true);
    const TreePtr out = addCopy("out", footprint_.written, false);
    Stage stage{.program = nullptr, .base = treeWith(path, in, out)};
    stage.buffers = schedule_.stage().buffers;
    for (Buffer& outer : stage.buffers)
      if (outer.array == footprint_.form.array)
        if (const std::optional<Diagnostic> refusal = keepFillings(outer))
          return std::unexpected(*refusal);
    stage.buffers.push_back(buffer_);
    stage.changed = {footprint_.form.array, buffer_.array};
    stage.program = std::make_shared<const Scop>(std::move(next_));
    ScheduleTree tree = stage.base;
    return StorageChange{.stage = std::move(stage), .tree = std::move(tree), .startsStage = true};
  }

private:
  const TreeNode& loop() const { return *footprint_.loops.back(); }
  unsigned depth() const { return static_cast<unsigned>(footprint_.loops.size()); }
  unsigned rank() const { return static_cast<unsigned>(footprint_.lowest.size()); }
  const Array& packed() const { return next_.arrays[static_cast<std::size_t>(footprint_.form.array)]; }

  void addBuffer() {
    Array buffer{.name = freshProgramName(next_, fmt::format("{}_{}", packed().name, loop().name)),
                 .element = packed().element,
                 .extents = extentsOf(layout_, footprint_.dimensions),
                 .isLocal = true,
                 .isGenerated = true};
    buffer_ = {.array = static_cast<int>(next_.arrays.size()), .packed = footprint_.form.array, .loop = loop().name,
               .fillings = footprint_.iterations};
    next_.arrays.push_back(std::move(buffer));
  }

  /// The cell's place in the buffer, where `iteration` maps the instances to [it, kt].
  std::vector<isl::pw_aff> placeOf(const std::vector<isl::pw_aff>& subscripts, const isl::map& iteration) const {
    const isl::pw_multi_aff at = iteration.as_pw_multi_aff();
    std::vector<isl::pw_aff> relative;
    for (std::size_t d = 0; d < subscripts.size(); ++d)
      relative.push_back(subscripts[d].sub(footprint_.lowest[d].pullback(at)));
    return placed(layout_, relative);
  }

  void redirect(Statement& statement) const {
    const auto iteration = footprint_.iterations.find(statement.name);
    if (iteration == footprint_.iterations.end())
      return;
    for (Access& access : statement.accesses) {
      if (!hasForm(schedule_.program(), statement, access, footprint_.form))
        continue;
      const std::vector<isl::pw_aff> place = placeOf(subscriptsOf(next_, access), iteration->second);
      access = withSubscripts(access, buffer_.array, place, bufferName());
    }
  }

  const std::string& bufferName() const { return next_.arrays[static_cast<std::size_t>(buffer_.array)].name; }

  /// A statement that copies these cells, under loops of its own; null where there are none.
  TreePtr addCopy(const std::string& suffix, const isl::set& cells, bool fills) {
    if (cells.is_empty())
      return nullptr;
    const std::string name = freshProgramName(next_, fmt::format("{}_{}", bufferName(), suffix));
    const isl::set domain = mapToVector(cells, coordinatesOf(cells, 0, depth() + rank())).set_range_tuple(name).range();
    const isl::map iteration = mapToVector(domain, coordinatesOf(domain, 0, depth()));
    const isl::pw_aff_list subscripts = coordinatesOf(domain, depth(), rank());
    std::vector<isl::pw_aff> cell;
    for (unsigned d = 0; d < rank(); ++d)
      cell.push_back(subscripts.at(static_cast<int>(d)));
    Access whole{.isWrite = !fills, .array = footprint_.form.array,
                 .relation = mapToVector(domain, subscripts).set_range_tuple(cellTuple(schedule_.program(),
                                                                                       footprint_.form.array))};
    whole.subscripts = cell;
    Access part = withSubscripts(whole, buffer_.array, placeOf(cell, iteration), bufferName());
    part.isWrite = fills;
    Statement copy{.name = name, .domain = domain};
    copy.accesses = fills ? std::vector{part, whole} : std::vector{whole, part};
    copy.value = makeRead(1, packed().element);
    copy.text = fills ? fmt::format("{} = {}", bufferName(), packed().name)
                      : fmt::format("{} = {}", packed().name, bufferName());
    buffer_.fillings.emplace(name, iteration);
    const TreePtr nest = copyLoops(copy);
    next_.statements.push_back(std::move(copy));
    buffer_.copies.insert(name);
    return nest;
  }

  /// Loops over the array's subscripts around the copy; names its dimensions.
  TreePtr copyLoops(Statement& copy) {
    for (const TreePtr& outer : footprint_.loops)
      nameDimension(next_, copy, outer->name);
    std::vector<std::string> names;
    for (std::size_t d = 0; d < rank(); ++d) {
      const std::vector<std::string>& known = footprint_.dimensions[d].names;
      names.push_back(freshName(schedule_.tree(), known.empty() ? "cell" : known.front(), taken_));
      taken_.insert(names.back());
      nameDimension(next_, copy, names.back());
    }
    return loopsOver(copy, depth(), names);
  }

  /// The tree with the copies at the start and the end of the loop's body.
  ScheduleTree treeWith(const std::vector<TreePtr>& path, const TreePtr& in, const TreePtr& out) const {
    std::vector<TreePtr> body = {path.back()->children.front()};
    if (in != nullptr)
      body.insert(body.begin(), in);
    if (out != nullptr)
      body.push_back(out);
    TreePtr below = makeSequence(body);
    std::size_t position = depth();
    for (std::size_t p = path.size(); p-- > 0;) {
      TreeNode node = *path[p];
      if (p + 1 == path.size())
        node.children = {below};
      else
        std::ranges::replace(node.children, path[p + 1], below);
      position -= node.isLoop() ? 1 : 0;
      for (const std::string& copy : buffer_.copies) {
        const isl::set domain = next_.statements[static_cast<std::size_t>(*findStatement(next_, copy))].domain;
        node.domain = node.domain.unite(isl::union_set(domain));
        if (node.isLoop())
          node.values.emplace(copy, dimensionAff(domain.space(), static_cast<unsigned>(position)));
      }
      below = std::make_shared<const TreeNode>(std::move(node));
    }
    return ScheduleTree(below);
  }

  /// Where the packed array is a buffer itself: in which filling of it each copy works.
  std::optional<Diagnostic> keepFillings(Buffer& outer) const {
    for (const std::string& copy : buffer_.copies) {
      isl::map filling;
      for (const auto& [statement, iteration] : footprint_.iterations) {
        const isl::map of = buffer_.fillings.at(copy).apply_range(iteration.reverse()).apply_range(
            outer.fillings.at(statement));
        filling = filling.is_null() ? of : filling.unite(of);
      }
      filling = filling.coalesce();
      if (!filling.is_single_valued())
        return Diagnostic{"refilled", fmt::format("{} is filled more than once in an iteration of {}; pack it at a loop "
                                                  "inside {}", packed().name, loop().name, outer.loop)};
      outer.fillings.emplace(copy, filling);
    }
    for (const auto& [statement, iteration] : footprint_.iterations)
      if (!touches(next_.statements[static_cast<std::size_t>(*findStatement(next_, statement))], outer.array))
        outer.fillings.erase(statement);
    return std::nullopt;
  }

  const Schedule& schedule_;
  const Footprint& footprint_;
  std::vector<BufferDimension> layout_;
  Scop next_;
  Buffer buffer_;
  std::set<std::string> taken_; ///< names of the copies' loops
};

/// While some accesses use the buffer and others the array, both have to hold the same.
std::optional<Diagnostic> refuseWritten(const Scop& scop, const TreeNode& loop, const AccessForm& form) {
  if (form.isWhole())
    return std::nullopt;
  for (const std::string& name : statementsIn(loop.domain)) {
    const Statement& statement = scop.statements[static_cast<std::size_t>(*findStatement(scop, name))];
    const std::string& array = scop.arrays[static_cast<std::size_t>(form.array)].name;
    if (writes(statement, form.array))
      return Diagnostic{"written-below", fmt::format("{} writes {} below {}: pack all of {}, or where it is only read",
                                                     name, array, loop.name, array)};
  }
  return std::nullopt;
}

Result<StorageChange> packWithin(const Schedule& schedule, const Step& step) {
  const Result<AccessForm> form = readAccessForm(schedule.program(), step.word("array"));
  if (!form)
    return std::unexpected(form.error());
  const Array& packed = schedule.program().arrays[static_cast<std::size_t>(form->array)];
  if (packed.extents.empty())
    return failure("single-cell", fmt::format("{} is a single cell: nothing is nearer than that", packed.name));
  const Result<std::vector<TreePtr>> path = requireLoop(schedule.tree(), step.word("loop"));
  if (!path)
    return std::unexpected(path.error());
  for (const TreePtr& node : *path)
    if (node->attributes.vectorWidth > 0)
      return failure("vector-lanes", fmt::format("{} is a group of vector lanes, which run together; pack at a loop "
                                                 "around it", node->name));
  const Result<Footprint> footprint = footprintOf(schedule, *path, *form);
  if (!footprint)
    return std::unexpected(footprint.error());
  if (const std::optional<Diagnostic> refusal = refuseWritten(schedule.program(), *path->back(), *form))
    return std::unexpected(*refusal);
  std::vector<BufferDimension> layout = ownLayout(packed.extents.size());
  if (step.has("layout")) {
    Result<std::vector<BufferDimension>> wanted = readLayout(step.words("layout"), footprint->dimensions, packed.name);
    if (!wanted)
      return std::unexpected(wanted.error());
    layout = std::move(*wanted);
  }
  return Packer(schedule, *footprint, std::move(layout)).run(*path);
}

Result<StorageChange> applyPack(const Schedule& schedule, const Step& step) {
  const IslQuota quota(schedule.program().ctx(), kMostOperations);
  try {
    return packWithin(schedule, step);
  } catch (const isl::exception_quota&) {
    return failure("too-complex", fmt::format("the cells of {} that an iteration of {} touches are too hard to "
                                              "describe; pack at another loop", step.word("array"), step.word("loop")));
  }
}

} // namespace

StepKind packStep() {
  return {.name = "pack",
          .form = "pack {array} at {loop} [layout {layout}]",
          .summary = "What an iteration of a loop needs of an array is held in a small buffer.",
          .help = "At the start of each iteration the cells that its body reads are copied into a buffer, and at the "
                  "end the written ones back. Pays when the cells are used many times in between and lie far apart in "
                  "the array: in the buffer they are dense, and in the order that the layout gives. The buffer is "
                  "called after the array and the loop, as in B_kt; threads of a parallel loop around it have one "
                  "each. With subscripts as the source writes them, as in A[j][k], only these accesses use the "
                  "buffer; nothing may write the array then. A layout lists the dimensions by the iterators that "
                  "move them; j/8 and j%8 are blocks of 8 and places in them.",
          .before = "for kt\n  for i, k in tile kt\n    S(A[i][k])",
          .after = "for kt\n  for i, k: A_kt[i][k] = A[i][k]\n  for i, k in tile kt\n    S(A_kt[i][k])",
          .example = "pack B at kt layout j/8 k j%8",
          .peers = "Tiramisu (by hand), Polly (for matrix products)",
          .parameters = {{.name = "array", .kind = StepParameter::Kind::Accesses, .help = "what to hold in a buffer"},
                         {.name = "loop",
                          .kind = StepParameter::Kind::Loop,
                          .help = "the buffer is filled in each of its iterations"},
                         {.name = "layout",
                          .kind = StepParameter::Kind::Layout,
                          .help = "the buffer's dimensions from the outside in, such as j/8 k j%8"}},
          .changeStorage = applyPack};
}

} // namespace polyloom
