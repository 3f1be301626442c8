// The actions of the grammar of kernels.
#pragma once

#include "core/generate/grammar.h"
#include "core/generate/kernel_sizes.h"
#include "core/generate/random.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace polyloom {

/// Writes one kernel while the grammar of kernels is expanded; what the actions do stands at the head of
/// resources/core/generate/kernels.grammar.
class KernelWriter {
public:
  explicit KernelWriter(Random& random) : random_(random) {}

  /// A word that is no symbol: an action, or C.
  void take(const std::string& word);

  /// The whole file.
  std::string finish();

  /// Gets what stands behind the colon, or nothing.
  using Action = void (KernelWriter::*)(const std::string& words);
  static const std::map<std::string, Action>& actions();
  /// "sizes" of "<sizes:a,b>"; empty for a word that is no action.
  static std::string actionName(const std::string& word);

private:
  struct Array {
    std::string name;
    std::string type;
    std::vector<KernelExtent> extents; ///< as the kernels see it
    enum class Kind { Input, Written, Fresh } kind = Kind::Input;
    std::vector<std::size_t> order; ///< which of these extents each dimension of the declaration has
    bool isStrided = false;         ///< only every second cell of the last dimension is used
    std::string declaration() const;
    std::string cell(const std::vector<std::string>& subscripts) const;
  };
  struct Loop {
    std::string iterator; ///< empty: a guard
    KernelExtent extent;  ///< its values lie in [0, extent)
    bool isTriangular = false;
  };
  struct Range {
    std::string iterator, low, high;
  };

  void types(const std::string& words);
  void sizes(const std::string& words);
  void bindInput(const std::string& words);
  void bindUse(const std::string& words);
  void bindOut(const std::string& words);
  void bindFresh(const std::string& words);
  void real(const std::string& words);
  void loops(const std::string& words);
  void nest(const std::string& words);
  void down(const std::string& words);
  void time(const std::string& words);
  void guard(const std::string& words);
  void end(const std::string& words);
  void done(const std::string& words);
  void read(const std::string& words);
  void pure(const std::string& words);
  void constant(const std::string& words);
  void factor(const std::string& words);
  void share(const std::string& words);
  void alpha(const std::string& words);
  void typeName(const std::string& words);

  void word(const std::string& text);
  void endStatement();
  void line(const std::string& text);
  void open(const Range& range, bool isUp = true);
  KernelExtent extentOf(std::string_view text) const;
  KernelExtent loopExtent(std::string_view high) const;
  std::vector<KernelExtent> extentsOf(const std::string& words) const;
  std::size_t declare(std::vector<KernelExtent> extents, Array::Kind kind, bool isPlain);
  /// Of the arrays of these extents that this nest has not bound: one that `fits`, or the number of arrays.
  template <typename Fits> std::size_t find(const std::vector<KernelExtent>& extents, const Fits& fits);
  void putCell(const std::string& iterators, bool isPure);
  std::string substituted(std::string_view text) const;
  std::string cellText(const Array& array, std::string_view text, std::size_t& at) const;
  std::string numberText(double value) const;

  Random& random_;
  std::string type_ = "double";
  std::vector<std::string> pool_; ///< the parameters that this program's sizes are drawn from
  std::vector<std::string> used_; ///< those that were
  bool usesTime_ = false;
  std::vector<Array> arrays_;
  std::vector<std::string> scalars_; ///< arguments
  int reals_ = 0;

  // Of the present nest.
  std::map<std::string, std::string> sizes_;
  std::map<std::string, std::size_t> bound_;
  std::map<std::string, std::string> locals_;
  std::vector<Loop> open_;

  std::string text_, line_;
  std::vector<KernelCost> costs_;
};

} // namespace polyloom
