#include "core/isl/context.h"

#include <isl/ast_build.h>
#include <isl/options.h>
#include <isl/schedule.h>

#include <algorithm>

namespace polyloom {

IslContext::IslContext() : ctx_(isl_ctx_alloc()) {
  isl_options_set_on_error(ctx_, ISL_ON_ERROR_CONTINUE);
  // Tile loops carry floor(value / size) and point loops the loop's own values: the recipe language says so.
  isl_options_set_tile_scale_tile_loops(ctx_, 0);
  isl_options_set_tile_shift_point_loops(ctx_, 0);
}

IslContext::~IslContext() { isl_ctx_free(ctx_); }

void IslContext::abort() { isl_ctx_abort(ctx_); }

void IslContext::resume() {
  isl_ctx_resume(ctx_);
  isl_ctx_reset_error(ctx_);
}

IslQuota::IslQuota(isl::ctx ctx, unsigned long maxOperations)
    : ctx_(ctx.get()), previous_(isl_ctx_get_max_operations(ctx_)) {
  isl_ctx_reset_operations(ctx_);
  isl_ctx_set_max_operations(ctx_, previous_ == 0 ? maxOperations : std::min(previous_, maxOperations));
}

IslQuota::~IslQuota() {
  isl_ctx_set_max_operations(ctx_, previous_);
  isl_ctx_reset_operations(ctx_);
  isl_ctx_reset_error(ctx_);
}

} // namespace polyloom
