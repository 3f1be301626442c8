#include "core/isl/context.h"

#include <isl/arg.h>
#include <isl/ast_build.h>
#include <isl/options.h>
#include <isl/schedule.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>

namespace polyloom {

namespace {

/// An option without a function of its own: isl reads it as a program's argument.
void setBasisReduction(isl_ctx* ctx, const char* when) {
  std::string program = "isl", option = std::string("--gbr=") + when;
  char* arguments[] = {program.data(), option.data(), nullptr};
  isl_ctx_parse_options(ctx, 2, arguments, ISL_ARG_ALL);
}

} // namespace

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

IslDeadline::IslDeadline(isl::ctx ctx, std::chrono::milliseconds time) : ctx_(ctx.get()) {
  watch_ = std::jthread([this, time](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::unique_lock lock(mutex);
    if (ended.wait_for(lock, stop, time, [&] { return stop.stop_requested(); }))
      return;
    isOver_ = true;
    isl_ctx_abort(ctx_);
  });
}

IslDeadline::~IslDeadline() {
  watch_.request_stop();
  watch_.join();
  if (!isOver_)
    return;
  isl_ctx_resume(ctx_);
  isl_ctx_reset_error(ctx_);
}

IslPlainSampling::IslPlainSampling(isl::ctx ctx) : ctx_(ctx.get()) { setBasisReduction(ctx_, "never"); }
IslPlainSampling::~IslPlainSampling() { setBasisReduction(ctx_, "always"); }

IslQuota::~IslQuota() {
  isl_ctx_set_max_operations(ctx_, previous_);
  isl_ctx_reset_operations(ctx_);
  isl_ctx_reset_error(ctx_);
}

} // namespace polyloom
