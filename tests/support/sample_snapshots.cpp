#include "tests/support/sample_snapshots.h"

#include <algorithm>
#include <tuple>

namespace polyloom::samples {

namespace {

using Kind = DependenceInfo::Kind;

const char* const kSource = R"(/* One-dimensional Jacobi. */
void jacobi(int T, int N, double A[N], double B[N]) {
#pragma scop
  for (int t = 0; t < T; t++) {
    for (int i = 1; i < N - 1; i++)
      B[i] = (A[i - 1] + A[i] + A[i + 1]) / 3;
    for (int j = 1; j < N - 1; j++)
      A[j] = (B[j - 1] + B[j] + B[j + 1]) / 3;
  }
#pragma endscop
}
)";

DependenceInfo dependence(Kind kind, const char* array, const char* from, const char* to, const char* carriedBy) {
  DependenceInfo info;
  info.kind = kind;
  info.array = array, info.from = from, info.to = to, info.carriedBy = carriedBy;
  info.relation = std::string("{ ") + from + "[t, i] -> " + to + "[t', i'] }";
  return info;
}

LoopTreeNode loop(const char* name, int parent, bool parallelLegal, bool isTile = false) {
  LoopTreeNode node;
  node.name = name, node.parent = parent, node.parallelLegal = parallelLegal, node.isTile = isTile;
  return node;
}

LoopTreeNode inner(LoopTreeNode::Kind kind, const char* name, int parent) {
  LoopTreeNode node;
  node.kind = kind, node.name = name, node.parent = parent;
  return node;
}

std::vector<LoopTreeNode> tree(int steps) {
  using NodeKind = LoopTreeNode::Kind;
  if (steps < 2)
    return {loop("t", -1, false), inner(NodeKind::Sequence, "", 0),
            loop("i", 1, true),   inner(NodeKind::Statement, "S0", 2),
            loop("j", 1, true),   inner(NodeKind::Statement, "S1", 4)};
  std::vector<LoopTreeNode> nodes;
  if (steps >= 4)
    nodes = {loop("tt", -1, false, true), loop("it", 0, false, true)};
  const int top = static_cast<int>(nodes.size()) - 1;
  nodes.push_back(loop("t", top, false));
  nodes.push_back(loop("i", top + 1, steps >= 3));
  nodes.push_back(inner(NodeKind::Sequence, "", top + 2));
  nodes.push_back(inner(NodeKind::Statement, "S0", top + 3));
  nodes.push_back(inner(NodeKind::Statement, "S1", top + 3));
  nodes[1].parallel = steps >= 5;
  return nodes;
}

std::vector<StepInfo> stepsOf(int steps) {
  const std::vector<StepInfo> all = {{"shift S1 j by 1", StepInfo::Outcome::Applied, ""},
                                     {"fuse i j", StepInfo::Outcome::Applied, ""},
                                     {"skew i by 2 t", StepInfo::Outcome::Applied, ""},
                                     {"tile t i by 4 6", StepInfo::Outcome::Applied, ""},
                                     {"parallel it", StepInfo::Outcome::Applied, ""}};
  return {all.begin(), all.begin() + steps};
}

/// The instance of cell `i` at time `t`: row in its cloud.
struct Grid {
  int timeSteps, cells;
  std::int32_t row(int t, int i) const { return t * cells + (i - 1); }
  bool has(int t, int i) const { return t >= 0 && t < timeSteps && i >= 1 && i <= cells; }
};

InstanceCloud cloud(int statement, int steps, const Grid& grid) {
  InstanceCloud c;
  c.statement = statement;
  c.sourceLoops = {"t", statement == 0 ? "i" : "j"};
  c.timeLoops = steps < 2 ? c.sourceLoops : std::vector<std::string>{"t", "i"};
  if (steps >= 4)
    c.timeLoops = {"tt", "it", "t", "i"};
  c.timeIsTile = steps >= 4 ? std::vector<bool>{true, true, false, false} : std::vector<bool>{false, false};
  for (int t = 0; t < grid.timeSteps; ++t)
    for (int i = 1; i <= grid.cells; ++i) {
      const int place = i + (steps >= 2 ? statement : 0) + (steps >= 3 ? 2 * t : 0);
      c.source.insert(c.source.end(), {t, i});
      if (steps >= 4)
        c.time.insert(c.time.end(), {t / 4, place / 6});
      c.time.insert(c.time.end(), {t, place});
      ++c.count;
    }
  return c;
}

void rankInstances(std::vector<InstanceCloud>& clouds, bool fused) {
  std::vector<std::tuple<std::vector<std::int32_t>, std::size_t, std::size_t>> order;
  for (std::size_t c = 0; c < clouds.size(); ++c) {
    const std::size_t width = clouds[c].timeLoops.size();
    for (std::size_t row = 0; row < clouds[c].count; ++row) {
      const auto begin = clouds[c].time.begin() + static_cast<std::ptrdiff_t>(row * width);
      std::vector<std::int32_t> time(begin, begin + static_cast<std::ptrdiff_t>(width));
      if (!fused)
        time.insert(time.begin() + 1, static_cast<std::int32_t>(c));
      order.emplace_back(std::move(time), c, row);
    }
    clouds[c].rank.resize(clouds[c].count);
  }
  std::sort(order.begin(), order.end());
  for (std::size_t k = 0; k < order.size(); ++k)
    clouds[std::get<1>(order[k])].rank[std::get<2>(order[k])] = static_cast<std::int32_t>(k);
}

/// All three-point neighbors: from S0 at t to S1 at t, or from S1 at t to S0 at t + 1.
DependenceArrows arrows(int dependence, int from, const Grid& grid) {
  DependenceArrows result;
  result.dependence = dependence;
  result.fromCloud = from, result.toCloud = 1 - from;
  for (int t = 0; t < grid.timeSteps; ++t)
    for (int i = 1; i <= grid.cells; ++i)
      for (int d = -1; d <= 1; ++d)
        if (grid.has(t + from, i + d)) {
          result.from.push_back(grid.row(t, i));
          result.to.push_back(grid.row(t + from, i + d));
          result.violated.push_back(false);
        }
  return result;
}

std::vector<CodeLine> codeOf(int steps) {
  if (steps < 4)
    return {{"for (int t = 0; t < T; t += 1) {", "t", -1},           {"  for (int i = 1; i < N - 1; i += 1)", "i", -1},
            {"    B[i] = (A[i - 1] + A[i] + A[i + 1]) / 3;", "", 0}, {"  for (int j = 1; j < N - 1; j += 1)", "j", -1},
            {"    A[j] = (B[j - 1] + B[j] + B[j + 1]) / 3;", "", 1}, {"}", "", -1}};
  return {{"for (int tt = 0; tt <= (T - 1) / 4; tt += 1)", "tt", -1},
          {"  #pragma omp parallel for", "it", -1},
          {"  for (int it = 0; it <= (N + 2 * T) / 6; it += 1)", "it", -1},
          {"    for (int t = 4 * tt; t <= min(T - 1, 4 * tt + 3); t += 1)", "t", -1},
          {"      for (int i = max(6 * it, 2 * t + 1); i <= min(N + 2 * t - 1, 6 * it + 5); i += 1) {", "i", -1},
          {"        B[i - 2 * t] = (A[i - 2 * t - 1] + A[i - 2 * t] + A[i - 2 * t + 1]) / 3;", "", 0},
          {"        A[i - 2 * t - 1] = (B[i - 2 * t - 2] + B[i - 2 * t - 1] + B[i - 2 * t]) / 3;", "", 1},
          {"      }", "", -1}};
}

} // namespace

std::shared_ptr<const ProgramSnapshot> program() {
  auto p = std::make_shared<ProgramSnapshot>();
  p->function = "jacobi", p->path = "examples/jacobi-1d.c", p->source = kSource;
  ProgramSnapshot::Statement s0, s1;
  s0.name = "S0", s0.text = "B[i] = (A[i - 1] + A[i] + A[i + 1]) / 3;", s0.range = {"jacobi-1d.c", 6, 7, 6, 48};
  s0.loops = {"t", "i"}, s0.accesses = {"writes B[i]", "reads A[i - 1]", "reads A[i]", "reads A[i + 1]"};
  s1.name = "S1", s1.text = "A[j] = (B[j - 1] + B[j] + B[j + 1]) / 3;", s1.range = {"jacobi-1d.c", 8, 7, 8, 48};
  s1.loops = {"t", "j"}, s1.accesses = {"writes A[j]", "reads B[j - 1]", "reads B[j]", "reads B[j + 1]"};
  p->statements = {s0, s1};
  p->parameters = {{"T", 500, 8}, {"N", 2000, 18}};
  p->arrays = {"A", "B"};
  p->assumptions = {"N >= 2"};
  p->loops = {{"t", {"jacobi-1d.c", 4, 3, 4, 30}}, {"i", {"jacobi-1d.c", 5, 5, 5, 36}}, {"j", {"jacobi-1d.c", 7, 5, 7, 36}}};
  return p;
}

std::shared_ptr<const ScheduleSnapshot> schedule(int steps, int timeSteps, int cells) {
  auto s = std::make_shared<ScheduleSnapshot>();
  const Grid grid{timeSteps, cells};
  s->steps = stepsOf(steps);
  for (const StepInfo& step : s->steps)
    s->recipe += step.text + "\n";
  s->verdict.sentence = "legal: every dependence is kept";
  s->tree = tree(steps);
  s->code = codeOf(steps);
  s->dependences = {dependence(Kind::Flow, "B", "S0", "S1", steps >= 3 ? "i" : ""),
                    dependence(Kind::Flow, "A", "S1", "S0", steps >= 4 ? "tt" : "t"),
                    dependence(Kind::Anti, "A", "S0", "S1", ""), dependence(Kind::Output, "B", "S0", "S0", "t")};
  s->space.parameters = {{"T", timeSteps}, {"N", cells + 2}};
  s->space.clouds = {cloud(0, steps, grid), cloud(1, steps, grid)};
  rankInstances(s->space.clouds, steps >= 2);
  s->space.arrows = {arrows(0, 0, grid), arrows(1, 1, grid), arrows(2, 0, grid)};
  return s;
}

std::shared_ptr<const ScheduleSnapshot> illegalSchedule() {
  auto s = std::make_shared<ScheduleSnapshot>(*schedule(2, 5, 8));
  s->steps = {{"fuse i j", StepInfo::Outcome::Illegal, "S1[t=0, j=1] reads B[2] before S0[t=0, i=2] has written it"}};
  s->recipe = "fuse i j\n";
  s->verdict.kind = VerdictInfo::Kind::Illegal;
  s->verdict.sentence = "S1[t=0, j=1] reads B[2] before S0[t=0, i=2] has written it";
  WitnessInfo witness;
  witness.array = "B", witness.cell = "B[2]", witness.sourceStatement = "S0", witness.sinkStatement = "S1";
  witness.source = {0, 2}, witness.sink = {0, 1}, witness.parameters = {{"T", 1}, {"N", 4}};
  witness.sentence = s->verdict.sentence;
  s->verdict.witnesses = {witness};
  s->dependences[0].violated = true;
  for (std::size_t k = 0; k < s->space.arrows[0].from.size(); ++k)
    s->space.arrows[0].violated[k] = s->space.arrows[0].to[k] < s->space.arrows[0].from[k];
  return s;
}

std::shared_ptr<const ScheduleSnapshot> emptySchedule() {
  return std::make_shared<ScheduleSnapshot>();
}

std::vector<MeasurementInfo> measurements() {
  using Outcome = MeasurementInfo::Outcome;
  MeasurementInfo original, same, fast, slow, wrong, late;
  original.label = "original", original.median = 1.21e-3;
  same.label = "fuse i j", same.recipe = "shift S1 j by 1\nfuse i j", same.median = 1.2e-3, same.speedup = 1.01,
  same.speedupLow = 0.98, same.speedupHigh = 1.03;
  fast.label = "tile t i by 4 6", fast.recipe = "shift S1 j by 1\nfuse i j\nskew i by 2 t\ntile t i by 4 6";
  fast.median = 0.28e-3, fast.speedup = 4.41, fast.speedupLow = 4.30, fast.speedupHigh = 4.52;
  slow.label = "skew i by 2 t", slow.recipe = "shift S1 j by 1\nfuse i j\nskew i by 2 t", slow.median = 2.4e-3,
  slow.speedup = 0.5, slow.speedupLow = 0.48, slow.speedupHigh = 0.52;
  fast.samples = 30, fast.outliers = 2;
  fast.warning = "starting and joining the threads takes about 12 % of a run (1 region of 9.1 µs, and 4.0 µs to wake them); "
                 "the parallel loop is too small for this many threads";
  fast.notes = {"21.4 GFLOP/s, 8.55 GB/s of compulsory traffic, 31 % of the roofline of 2 threads (compute bound)",
                "2 of 30 samples lie beyond 1.5 interquartile ranges from the quartiles; they are counted", fast.warning};
  wrong.label = "vectorize i by 8", wrong.recipe = "vectorize i by 8", wrong.outcome = Outcome::WrongResult,
  wrong.message = "largest relative error 3.2e-2";
  late.label = "reverse t", late.recipe = "reverse t", late.outcome = Outcome::TimedOut,
  late.message = "no end after 10 s";
  for (MeasurementInfo* info : {&original, &same, &fast, &slow})
    info->low = info->median * 0.98, info->high = info->median * 1.03;
  return {original, same, slow, fast, wrong, late};
}

std::vector<StepFormInfo> forms() {
  using Parameter = StepFormInfo::Parameter;
  StepFormInfo tile{"tile",
                    "tile {loops} by {sizes} [as {names}]",
                    "Loops run tile by tile.",
                    "Each loop is split into a tile loop and a point loop.",
                    "for i\n  for j\n    S(i, j)",
                    "for it\n  for jt\n    for i in it\n      for j in jt\n        S(i, j)",
                    {}};
  tile.page = "# tile\n\nThe nest runs block by block.\n";
  tile.parameters = {{"loops", Parameter::Kind::Loops, "loops of one nest", 0, 0, ""},
                     {"sizes", Parameter::Kind::Integers, "iterations per tile", 1, 1 << 20, "32"},
                     {"names", Parameter::Kind::NewNames, "names of the tile loops", 0, 0, ""}};
  StepFormInfo shift{"shift",
                     "shift {statement} {loop} by {amount}",
                     "One statement runs later along a loop.",
                     "",
                     "for i\n  S0(i)\n  S1(i)",
                     "for i\n  S0(i)\n  S1(i - c)",
                     {}};
  shift.parameters = {{"statement", Parameter::Kind::Statement, "what moves", 0, 0, ""},
                      {"loop", Parameter::Kind::Loop, "along this loop", 0, 0, ""},
                      {"amount", Parameter::Kind::Affine, "loop values", 0, 0, "1"}};
  StepFormInfo vectorize{"vectorize",
                         "vectorize {loop} by {width}",
                         "Iterations of a loop run as lanes.",
                         "",
                         "for i\n  S(i)",
                         "for i in steps of 8\n  S(i .. i+7)",
                         {}};
  vectorize.parameters = {{"loop", Parameter::Kind::Loop, "innermost loop", 0, 0, ""},
                          {"width", Parameter::Kind::Integer, "lanes", 2, 64, "8"}};
  StepFormInfo skew{.name = "skew", .form = "skew {loop} by {factor} {along}", .summary = "A loop's values grow."};
  skew.parameters = {{"loop", Parameter::Kind::Loop, "its values change"},
                     {"factor", Parameter::Kind::Integer, "how much", -1000, 1000, "1"},
                     {.name = "along", .help = "a loop around it", .place = Parameter::Place::Around}};
  StepFormInfo fuse{.name = "fuse", .form = "fuse {first} {second}", .summary = "Two loops become one."};
  fuse.parameters = {{"first", Parameter::Kind::Loop, "the earlier loop"},
                     {.name = "second", .help = "the loop right after it", .place = Parameter::Place::After}};
  StepFormInfo reorder{.name = "reorder", .form = "reorder {first} {second}", .summary = "A part of a body moves."};
  reorder.parameters = {{"first", Parameter::Kind::Statement, "what moves"},
                        {"second", Parameter::Kind::Statement, "what it moves before"}};
  return {tile, shift, vectorize, skew, fuse, reorder};
}

} // namespace polyloom::samples
