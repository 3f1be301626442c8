#include "core/schedule/stage.h"

#include <algorithm>

namespace polyloom {

const Buffer* Stage::bufferOf(int array) const {
  const auto found = std::ranges::find(buffers, array, &Buffer::array);
  return found == buffers.end() ? nullptr : &*found;
}

} // namespace polyloom
