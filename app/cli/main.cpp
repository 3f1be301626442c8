// polyloom-cli: Polyloom in a terminal.
#include "app/cli/commands.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>

namespace {

/// The parser's message; where a command is missing, the word that stands in its place.
std::string usageMessage(const CLI::ParseError& error, int argc, char** argv) {
  const bool isMissing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr &&
                         std::string(error.what()).starts_with("A subcommand");
  if (isMissing)
    for (int a = 1; a < argc; ++a)
      if (argv[a][0] != '-')
        return fmt::format("no command is called \"{}\"", argv[a]);
  return isMissing ? "a command is needed" : error.what();
}

} // namespace

int main(int argc, char** argv) {
  using namespace polyloom;
  CLI::App app("Polyloom: see, change and measure the order of loops", "polyloom-cli");
  app.require_subcommand(1);
  app.fallthrough(); // common flags may follow the command
  CommonOptions common;
  app.add_flag("--json", common.json, "one JSON object on standard output");
  app.add_flag("--reassociate", common.reassociate, "allow reductions to change their order");
  app.add_option("--set", common.sets, "NAME=VALUE of a scalar argument, or preset=NAME; repeatable")->allow_extra_args(false);
  app.add_option("-I", common.includes, "a folder of headers; repeatable")->allow_extra_args(false);
  app.add_option("-D", common.defines, "a macro, NAME or NAME=VALUE; repeatable")->allow_extra_args(false);
  app.add_option("--scop", common.scop, "number of the region in its file, from 1")->check(CLI::Range(1, 1000000));
  app.add_option("--function", common.function, "the function whose region is meant");
  int exitCode = kFine;
  addInfo(app, common, exitCode);
  addCheck(app, common, exitCode);
  addCache(app, common, exitCode);
  addEmit(app, common, exitCode);
  addMeasure(app, common, exitCode);
  addMeasurements(app, common, exitCode);
  addSweep(app, common, exitCode);
  addBench(app, common, exitCode);
  addSchedule(app, common, exitCode);
  addRender(app, common, exitCode);
  addRoofline(app, common, exitCode);
  addGenerate(app, common, exitCode);
  addDataset(app, common, exitCode);
  addLabel(app, common, exitCode);
  addPredict(app, common, exitCode);
  addTrain(app, common, exitCode);
  addEvaluate(app, common, exitCode);
  addManual(app, common, exitCode);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0)
      return app.exit(error); // --help
    return fail({"usage", usageMessage(error, argc, argv), {}, {"polyloom-cli --help lists the commands"}}, common);
  } catch (const std::exception& error) {
    fmt::print(stderr, "polyloom-cli failed: {}\n", error.what());
    return kBug;
  }
  return exitCode;
}
