#include "core/schedule/catalogue.h"

#include "core/schedule/schedule_tree.h"
#include "core/schedule/stage.h"
#include "core/schedule/steps/contract.h"
#include "core/schedule/steps/diamond.h"
#include "core/schedule/steps/distribute.h"
#include "core/schedule/steps/expand.h"
#include "core/schedule/steps/fuse.h"
#include "core/schedule/steps/interchange.h"
#include "core/schedule/steps/jam.h"
#include "core/schedule/steps/pack.h"
#include "core/schedule/steps/parallel.h"
#include "core/schedule/steps/peel.h"
#include "core/schedule/steps/reorder.h"
#include "core/schedule/steps/reverse.h"
#include "core/schedule/steps/schedule.h"
#include "core/schedule/steps/shift.h"
#include "core/schedule/steps/skew.h"
#include "core/schedule/steps/split.h"
#include "core/schedule/steps/tile.h"
#include "core/schedule/steps/unimodular.h"
#include "core/schedule/steps/unroll.h"
#include "core/schedule/steps/vectorize.h"
#include "core/schedule/steps/wavefront.h"

#include <algorithm>

namespace polyloom {

const StepParameter* StepKind::parameter(std::string_view wanted) const {
  const auto found = std::ranges::find(parameters, wanted, &StepParameter::name);
  return found == parameters.end() ? nullptr : &*found;
}

std::span<const StepKind> catalogue() {
  static const std::vector<StepKind> kKinds = {
      interchangeStep(), reverseStep(),   shiftStep(),   skewStep(),       unimodularStep(), tileStep(),
      wavefrontStep(),   diamondStep(),   fuseStep(),    distributeStep(), reorderStep(),    splitStep(),
      peelStep(),        unrollStep(),    jamStep(),     parallelStep(),   vectorizeStep(),  expandStep(),
      contractStep(),    packStep(),      scheduleStep(),
  };
  return kKinds;
}

const StepKind* findStepKind(std::string_view name) {
  const auto found = std::ranges::find(catalogue(), name, &StepKind::name);
  return found == catalogue().end() ? nullptr : &*found;
}

} // namespace polyloom
