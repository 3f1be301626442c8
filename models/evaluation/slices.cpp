#include "models/evaluation/metrics.h"

#include <fmt/format.h>

#include <set>
#include <sstream>

namespace polyloom {

namespace {

/// The first words of a recipe's lines, without comments and the line that guards the file.
std::set<std::string> stepsOf(const std::string& recipe) {
  std::set<std::string> words;
  std::istringstream lines(recipe);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream stream(line);
    std::string word;
    if (stream >> word && word[0] != '#' && word != "polyloom-recipe")
      words.insert(word);
  }
  return words;
}

} // namespace

std::vector<NamedMetrics> slicesOf(const TrainingSet& set, std::span<const SampleId> samples,
                               std::span<const Prediction> predictions, std::span<const Slice> slices) {
  std::vector<NamedMetrics> rows;
  for (const Slice& slice : slices) {
    std::vector<SampleId> inside;
    std::vector<Prediction> theirs;
    for (std::size_t i = 0; i < samples.size(); ++i)
      if (slice.holds(programOf(set, samples[i]), scheduleOf(set, samples[i]))) {
        inside.push_back(samples[i]);
        theirs.push_back(predictions[i]);
      }
    if (!inside.empty())
      rows.push_back({slice.name, metricsOf(set, inside, theirs)});
  }
  return rows;
}

std::vector<Slice> usualSlices(const TrainingSet& set, std::span<const SampleId> samples) {
  std::set<std::string> words, groups;
  std::set<int> levels, depths;
  for (const SampleId sample : samples) {
    words.merge(stepsOf(scheduleOf(set, sample).recipe));
    groups.insert(programOf(set, sample).group);
    levels.insert(scheduleOf(set, sample).level);
    depths.insert(programOf(set, sample).depth);
  }
  using Program = const LabeledProgram&;
  using Schedule = const LabeledSchedule&;
  std::vector<Slice> slices;
  slices.push_back({"no step", [](Program, Schedule s) { return stepsOf(s.recipe).empty(); }});
  for (const std::string& word : words)
    slices.push_back({word, [word](Program, Schedule s) { return stepsOf(s.recipe).contains(word); }});
  for (const int level : levels)
    slices.push_back({fmt::format("level {}", level), [level](Program, Schedule s) { return s.level == level; }});
  for (const int depth : depths)
    slices.push_back({fmt::format("depth {}", depth), [depth](Program p, Schedule) { return p.depth == depth; }});
  for (const std::string& group : groups)
    slices.push_back({group, [group](Program p, Schedule) { return p.group == group; }});
  return slices;
}

} // namespace polyloom
