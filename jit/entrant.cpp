#include "jit/entrant.h"

#include "jit/inputs.h"
#include "jit/runner/protocol.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>

namespace polyloom {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kAlignment = 64;
constexpr std::uint64_t kCopyBytesPerMillisecond = 200'000; ///< a slow machine's memory, for time limits

/// Places blocks one after the other.
class Allocator {
public:
  std::uint64_t place(std::uint64_t bytes) {
    const std::uint64_t offset = next_;
    next_ = (next_ + bytes + kAlignment - 1) / kAlignment * kAlignment;
    return offset;
  }
  std::uint64_t size() const { return next_; }

private:
  std::uint64_t next_ = 0;
};

template <typename T> void write(const SharedMemory& memory, std::uint64_t offset, const std::vector<T>& values) {
  if (!values.empty())
    std::memcpy(memory.bytes().data() + offset, values.data(), values.size() * sizeof(T));
}

/// The values of declared names, in their order.
template <typename Declared, typename Value>
std::vector<Value> valuesOf(const std::vector<Declared>& declared, const std::map<std::string, Value>& values) {
  std::vector<Value> result;
  for (const Declared& one : declared)
    result.push_back(values.at(one.name));
  return result;
}

/// Locals and arrays that the original lacks start at zero; locals are no results.
std::vector<runner::ArrayBlock> placeArrays(const Setting& setting, const std::vector<ArrayShape>& shapes,
                                            Allocator& allocator) {
  std::vector<runner::ArrayBlock> blocks;
  for (const ArrayShape& shape : shapes) {
    const auto input = setting.inputOffsets.find(shape.name);
    const bool hasInput = !shape.isLocal && input != setting.inputOffsets.end();
    const auto shared = setting.sharedArrays.find(shape.name);
    const bool isShared = shared != setting.sharedArrays.end() && shared->second.bytes == shape.bytes;
    blocks.push_back({.bytes = shape.bytes, .input = hasInput ? input->second : runner::kNone,
                      .output = shape.isLocal ? runner::kNone : allocator.place(shape.bytes),
                      .sharedAt = isShared ? shared->second.offset : runner::kNone});
  }
  return blocks;
}

bool hasParallelLoop(const LoopNode& node) {
  return (node.kind == LoopNode::Kind::For && node.attributes.parallel) ||
         std::ranges::any_of(node.children, hasParallelLoop);
}

double secondsOf(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

RunFailure refusal(const Diagnostic& diagnostic) { return {RunFailure::Kind::Refused, diagnostic.message}; }

RunnerProcess::Duration copyTime(std::uint64_t bytes) {
  return std::chrono::milliseconds(bytes / kCopyBytesPerMillisecond);
}

} // namespace

Result<void> Entrant::layOut(const Setting& setting, const Kernel& kernel, const Code& code) {
  const auto shapes = shapesOf(kernel, setting.parameters);
  if (!shapes)
    return std::unexpected(shapes.error());
  Allocator allocator;
  allocator.place(sizeof(runner::ControlBlock) + shapes->size() * sizeof(runner::ArrayBlock));
  runner::ControlBlock head;
  head.arrayCount = shapes->size();
  head.parameterCount = kernel.parameters.size();
  head.scalarCount = kernel.scalars.size();
  head.inputBytes = setting.inputs.bytes().size();
  head.parametersAt = allocator.place(kernel.parameters.size() * sizeof(std::int64_t));
  head.scalarsAt = allocator.place(kernel.scalars.size() * sizeof(double));
  const auto* path = std::get_if<std::string>(&code);
  head.objectAt = path != nullptr ? allocator.place(path->size() + 1) : 0;
  head.wantsHugePages = setting.options.hugePages ? 1 : 0;
  // What a program does that has its arrays filled by the loop that it is about; a sequential one, and another
  // compiler's, fills them in its main thread.
  head.teamTouches = path == nullptr && hasParallelLoop(kernel.body) ? 1 : 0;
  if (setting.evictOffset) {
    head.evictAt = *setting.evictOffset;
    evictBytes_ = head.inputBytes - head.evictAt;
  }
  const auto blocks = placeArrays(setting, *shapes, allocator);
  head.bytes = allocator.size();
  auto memory = SharedMemory::create("polyloom-control", head.bytes);
  if (!memory)
    return std::unexpected(memory.error());
  control_ = std::move(*memory);
  write(control_, 0, std::vector{head});
  write(control_, sizeof head, blocks);
  write(control_, head.parametersAt, valuesOf(kernel.parameters, setting.parameters));
  write(control_, head.scalarsAt, valuesOf(kernel.scalars, setting.scalars));
  if (path != nullptr)
    std::memcpy(control_.bytes().data() + head.objectAt, path->c_str(), path->size() + 1);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    arrayBytes_ += blocks[i].bytes;
    if ((*shapes)[i].isGenerated) // each thread may have its own
      privateBytes_ += blocks[i].bytes * static_cast<std::uint64_t>(setting.options.threads);
    const bool isResult = path == nullptr || !(*shapes)[i].isConfined;
    if (isResult && blocks[i].output != runner::kNone)
      results_[(*shapes)[i].name] = control_.bytes().subspan(blocks[i].output, blocks[i].bytes);
  }
  return {};
}

RunResult<Entrant> Entrant::start(const Setting& setting, const Kernel& kernel, const Code& code) {
  Entrant entrant;
  entrant.runLimit_ = setting.options.runLimit;
  if (const auto placed = entrant.layOut(setting, kernel, code); !placed)
    return std::unexpected(refusal(placed.error()));
  const RunnerSettings settings = {setting.options.runner, setting.options.threads, setting.options.pin,
                                   entrant.arrayBytes_ + entrant.privateBytes_ + entrant.control_.bytes().size() +
                                       setting.inputs.bytes().size()};
  const auto beforeStart = Clock::now();
  auto process = RunnerProcess::start(settings, {entrant.control_, setting.inputs, setting.arrays}, setting.options.stop);
  if (!process)
    return std::unexpected(process.error());
  if (const auto* object = std::get_if<std::vector<char>>(&code)) {
    const auto beforeLink = Clock::now();
    if (const auto linked = process->link(*object, 10s); !linked)
      return std::unexpected(linked.error());
    entrant.codeTimes_ = {.start = secondsOf(beforeLink - beforeStart), .link = secondsOf(Clock::now() - beforeLink)};
  }
  if (const auto prepared = process->prepare(10s + copyTime(2 * entrant.arrayBytes_ + entrant.evictBytes_)); !prepared)
    return std::unexpected(prepared.error());
  entrant.process_ = std::move(*process);
  return entrant;
}

RunnerProcess::Duration Entrant::limitFor(std::uint64_t runs) const {
  // Several runs are asked for only where all of them together are far shorter than any limit.
  return runLimit_ + copyTime(arrayBytes_ + evictBytes_) * static_cast<std::int64_t>(runs);
}

RunResult<RunTotals> Entrant::run(std::uint64_t runs) { return process_->run(runs, limitFor(runs)); }

RunResult<RunnerFacts> Entrant::facts() { return process_->facts(10s); }

RunResult<RunTotals> Entrant::runForResults() {
  const auto totals = run(1);
  if (!totals)
    return totals;
  if (const auto collected = process_->collect(10s + copyTime(arrayBytes_)); !collected)
    return std::unexpected(collected.error());
  return totals;
}

void Entrant::dropResults() {
  results_.clear();
  madvise(control_.bytes().data(), control_.bytes().size(), MADV_REMOVE);
}

} // namespace polyloom
