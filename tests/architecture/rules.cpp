#include "tests/architecture/rules.h"

#include <algorithm>
#include <regex>

namespace polyloom::test {

namespace {

/// Files under `where` must not include what matches `what`.
struct Rule {
  const char* where;
  const char* what;
  const char* reason;
};

const std::string kQt = R"((Q[A-Z]\w*|Qt\w*/.*|Qsci/.*|qcustomplot\.h)$)";

const std::vector<std::pair<Rule, std::regex>>& rules() {
  static const std::vector<std::pair<Rule, std::regex>> kRules = [] {
    const Rule all[] = {
        {"core/", "^(torch|ATen|c10)/", "the core knows no Torch"},
        {"core/(?!frontend/)", "^(clang|clang-c|llvm|llvm-c)/", "only the front-end knows Clang and LLVM"},
        {"core/frontend/extract\\.h", "^(clang|llvm)", "the front-end's header is free of Clang"},
        {"core/", "^(app|jit|models|views)/", "the core stands below everything"},
        {"core/(?!frontend/)", "^core/frontend/", "the mathematics does not read C"},
        {"core/oracle/", "^core/(legality|codegen/(?!kernel\\.h)|program/dependences)", "brute force is independent of what it judges"},
        {"views/", "^(isl|llvm|llvm-c|clang|torch|ATen|c10)/", "views see plain values"},
        {"views/", "^(app|jit|models|core/(?!snapshot/|base/))", "views see snapshots only"},
        {"app/", "^(torch|ATen|c10|clang|clang-c|llvm|llvm-c)/", "programs reach compilers and models through libraries"},
        {"models/", "^(app|jit|views|clang|clang-c|llvm|llvm-c|core/frontend)/", "models see schedules only"},
        {"models/(?!networks/|training/)", "^(torch|ATen|c10)/", "only networks and their training need Torch"},
        {"models/(networks/(cost_model|input_pair|spec)|training/(training|options|curriculum|learning_rate|checkpoint))\\.h", "^(torch|ATen|c10)/|^models/networks/(network|layers|parameters)\\.h", "what others include shows no Torch"},
        {"jit/", "^(isl|torch|ATen|c10|clang)/", "kernels are plain values"},
        {"jit/", "^(app|views|models)/", "the JIT stands below the programs"},
        {"jit/", "^core/(?!base/|codegen/(kernel|kernel_reduction|loop_count|whole_groups)\\.h|program/(expr|types|loop_attributes)\\.h)", "the JIT sees kernels only"},
        {"(core|app|views|models|jit/(?!store/measurement_store\\.cpp))", "^(SQLiteCpp/|sqlite3)", "only the store knows SQLite"},
        {"(core|app|jit|models|views)/", "^tests/", "sources do not need tests"},
        {"(core(?!/isl/)|app)/", "^isl/(?!cpp\\.h|\\w+_type\\.h)", "isl's C interface stays in core/isl"},
    };
    std::vector<std::pair<Rule, std::regex>> made;
    for (const Rule& rule : all)
      made.emplace_back(rule, std::regex(rule.what));
    for (const char* where : {"core/", "jit/", "models/", "app/(cli|jobs|worker)/"})
      made.emplace_back(Rule{where, "", "only the window knows Qt"}, std::regex("^" + kQt));
    return made;
  }();
  return kRules;
}

} // namespace

std::vector<std::string> forbiddenIncludes(const SourceFile& file) {
  const std::vector<std::string> includes = includesOf(file);
  std::vector<std::string> found;
  for (const auto& [rule, what] : rules()) {
    if (!std::regex_search(file.path, std::regex("^" + std::string(rule.where))))
      continue;
    for (const std::string& include : includes)
      if (std::regex_search(include, what))
        found.push_back(file.path + " includes " + include + ": " + rule.reason);
  }
  const auto has = [&](const char* name) { return std::ranges::find(includes, name) != includes.end(); };
  if (has("isl/cpp.h") && has("qcustomplot.h"))
    found.push_back(file.path + " includes isl/cpp.h and qcustomplot.h: both use the word foreach");
  return found;
}

} // namespace polyloom::test
