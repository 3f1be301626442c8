// Adds numbered batches of three measurements to a store and names each that is safe: store_writer FILE LABEL FIRST COUNT
#include "jit/store/measurement_store.h"
#include "tests/jit/store/samples.h"

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  using namespace polyloom;
  if (argc != 5)
    return 2;
  Result<MeasurementStore> store = MeasurementStore::open(argv[1], {.bytes = std::int64_t{1} << 40});
  if (!store) {
    std::fprintf(stderr, "%s\n", store.error().message.c_str());
    return 1;
  }
  const int first = std::atoi(argv[3]);
  for (int batch = first; batch < first + std::atoi(argv[4]); ++batch) {
    StoredMeasurement measurement = test::sampleMeasurement();
    measurement.function = argv[2];
    measurement.path = std::to_string(batch);
    measurement.point.recipe = std::string(argv[2]) + " " + std::to_string(batch); // a point of its own: nothing is pruned
    measurement.samples.assign(1000, 1.0 / (3 + batch)); // some pages
    measurement.originalSamples = measurement.samples;
    const std::vector<StoredMeasurement> three(3, measurement);
    if (const Result<void> added = store->add(three); !added) {
      std::fprintf(stderr, "%s\n", added.error().message.c_str());
      return 1;
    }
    std::printf("%d\n", batch);
    std::fflush(stdout);
  }
  return 0;
}
