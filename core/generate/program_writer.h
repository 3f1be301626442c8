// The actions of the grammar of programs.
#pragma once

#include "core/generate/bound.h"
#include "core/generate/grammar.h"
#include "core/generate/random.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polyloom {

/// Writes one program while a grammar is expanded. Keeps what is known of iterators and arrays.
class ProgramWriter {
public:
  ProgramWriter(const Grammar& grammar, Random& random);

  /// A word that is no symbol: an action, or C.
  void take(const std::string& word);

  /// The whole file.
  std::string finish();

  /// The actions: <loop> and <if> open a block, <else> goes on with its other half, <end> closes it; <write> is the
  /// cell that a statement assigns, <same> that cell again, <read> any cell, <near> a neighbor of the last one, <again>
  /// the last one, <conditional> a neighbor where there is one; <scalar> declares a variable of the function,
  /// <temporary> one of the block, <row> an array of the block and the loop that fills it; <temp> reads such a
  /// variable; <close-scope> forgets them. <held> declares an array of the block that moves with the next loop: <hold>
  /// is its cell of the present iteration, <held-before> that of the one before, where there is one.
  using Action = void (ProgramWriter::*)();
  static const std::map<std::string, Action>& actions();
  /// The symbols whose alternatives the actions choose among.
  static const std::vector<std::string>& choices();

private:
  struct Iterator {
    std::string name;
    int low = 0; ///< its values are never below
    Bound high;  ///< nor above
  };
  struct Variable {
    std::string name;
    std::vector<Bound> extents; ///< grow with each access
    enum class Kind { Argument, Function, Block } kind = Kind::Argument;
    bool isVisible = true;
  };
  /// base + offset, within [low, high].
  struct Subscript {
    std::string base;
    int offset = 0;
    int low = 0;
    Bound high;
    Subscript shifted(int amount) const;
  };
  struct Reference {
    std::size_t variable = 0;
    std::vector<Subscript> subscripts;
  };
  struct Low {
    std::string text;
    int value = 0;
    bool isOuter = false;
  };
  struct High {
    std::string base; ///< exclusive: base + offset
    int offset = 0;
    Bound last;
  };

  /// An array of the block, with a cell per iteration of one loop.
  struct Held {
    std::size_t variable = 0;
    std::optional<std::size_t> iterator = {}; ///< that loop's, once it is open
    std::string guard = {};                   ///< says that there is an iteration before; empty: nobody may ask
  };

  void loop();
  void guard();
  void otherwise();
  void end();
  void write();
  void same();
  void read();
  void near();
  void again();
  void conditional();
  void scalar();
  void temporary();
  void row();
  void held();
  void hold();
  void heldBefore();
  void temp();
  void closeScope();

  std::string choose(const std::string& symbol) { return grammar_.choose(symbol, random_); }
  std::pair<std::string, Bound> size();
  Low low();
  High high(bool isAboveOuter);
  std::string condition();
  bool hasLast() const;
  void showPending();
  const Iterator& anyIterator() { return random_.pick(iterators_); }
  const Iterator& iteratorFor(std::size_t dimension);
  Subscript subscript(std::size_t dimension);
  Reference reference();
  std::size_t variableOfRank(std::size_t rank);
  std::size_t declare(const std::string& name, std::size_t rank, Variable::Kind kind);
  void put(const Reference& reference);
  void word(const std::string& text);
  void open(const std::string& head);
  void line(const std::string& text);

  const Grammar& grammar_;
  Random& random_;
  std::string text_; ///< extents stand as @variable,dimension@ until all accesses are known
  std::string line_;
  std::size_t depth_ = 0;
  std::vector<bool> blocks_; ///< per open block, whether it is a loop
  std::vector<Iterator> iterators_;
  std::vector<Variable> variables_;
  std::optional<Held> held_;
  std::optional<std::size_t> pending_; ///< a variable that is visible after the statement that initializes it
  Reference target_, last_;
  bool usesN_ = false, usesM_ = false;
  int blockVariables_ = 0;
};

} // namespace polyloom
