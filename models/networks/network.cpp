#include "models/networks/network.h"

#include "models/networks/loop_tree_network.h"
#include "models/networks/looper_network.h"

namespace polyloom {

Result<std::unique_ptr<CostNetwork>> makeNetwork(const NetworkSpec& spec, const FeatureTable& table, std::uint64_t seed) {
  if (const Result<void> checked = checkSpec(spec); !checked)
    return std::unexpected(checked.error());
  if (spec.kind == NetworkKind::Looper)
    return std::make_unique<LooperNetwork>(spec, seed);
  const Result<std::size_t> program = table.find(FeatureKind::Program, kModelledTime);
  const Result<std::size_t> statement = table.find(FeatureKind::Statement, kModelledTime);
  for (const Result<std::size_t>* place : {&program, &statement})
    if (!*place)
      return std::unexpected(place->error());
  return std::make_unique<LoopTreeNetwork>(spec, table,
                                           LoopTreeNetwork::Places{.programTime = *program, .statementTime = *statement}, seed);
}

} // namespace polyloom
