// The commands of polyloom-cli. Each registers itself and, when chosen, sets `exitCode`.
#pragma once

#include "app/cli/session.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace polyloom {

void addInfo(CLI::App& app, const CommonOptions& common, int& exitCode);
void addCache(CLI::App& app, const CommonOptions& common, int& exitCode);
void addCheck(CLI::App& app, const CommonOptions& common, int& exitCode);
void addEmit(CLI::App& app, const CommonOptions& common, int& exitCode);
void addMeasure(CLI::App& app, const CommonOptions& common, int& exitCode);
void addMeasurements(CLI::App& app, const CommonOptions& common, int& exitCode);
void addBench(CLI::App& app, const CommonOptions& common, int& exitCode);
void addSchedule(CLI::App& app, const CommonOptions& common, int& exitCode);
void addRender(CLI::App& app, const CommonOptions& common, int& exitCode);
void addSweep(CLI::App& app, const CommonOptions& common, int& exitCode);
void addRoofline(CLI::App& app, const CommonOptions& common, int& exitCode);
void addGenerate(CLI::App& app, const CommonOptions& common, int& exitCode);
void addDataset(CLI::App& app, const CommonOptions& common, int& exitCode);
void addLabel(CLI::App& app, const CommonOptions& common, int& exitCode);
void addPredict(CLI::App& app, const CommonOptions& common, int& exitCode);
void addTrain(CLI::App& app, const CommonOptions& common, int& exitCode);
void addEvaluate(CLI::App& app, const CommonOptions& common, int& exitCode);
void addManual(CLI::App& app, const CommonOptions& common, int& exitCode);

/// FILE, the program that a command is about.
void addProgramFile(CLI::App& command, std::string& file);
/// --recipe and --step of a command that takes several recipes (`readRecipes`).
void addRecipes(CLI::App& command, std::vector<std::string>& recipes, std::vector<std::string>& steps);

} // namespace polyloom
