#include "app/jobs/place.h"

#include "app/jobs/roofline_file.h"
#include "jit/processor.h"

namespace polyloom {

namespace {

class ThisPlace : public Place {
public:
  std::string name() const override { return ""; }
  Identity identity() const override { return thisIdentity(); }
  std::optional<Roofline> roofline(int threads) const override { return knownRoofline(threads); }
  std::uint64_t cacheBytes() const override { return lastLevelCacheBytes(); }
  Result<MeasureReport> measure(const Plan& plan, const MeasureOptions& options) override {
    return polyloom::measure(plan.original, plan.variants, options);
  }
};

} // namespace

Place& thisPlace() {
  static ThisPlace place;
  return place;
}

} // namespace polyloom
