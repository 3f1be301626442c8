// The catalogue: what the parser, the forms and the manual read has to be complete and to agree with itself.
#include "core/schedule/catalogue.h"

#include "core/schedule/manual.h"
#include "core/schedule/schedule.h"
#include "core/schedule/schedule_tree.h"
#include "core/schedule/step_form.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace polyloom {
namespace {

TEST(Catalogue, HoldsTheKindsInTheOrderOfTheManual) {
  std::vector<std::string_view> names;
  for (const StepKind& kind : catalogue())
    names.push_back(kind.name);
  EXPECT_EQ(names, (std::vector<std::string_view>{"interchange", "reverse", "shift", "skew", "unimodular", "tile",
                                                  "wavefront", "diamond", "fuse", "distribute", "reorder", "split",
                                                  "peel", "unroll", "jam", "parallel", "vectorize", "expand",
                                                  "contract", "pack", "schedule"}));
}

TEST(Catalogue, FindsKindsByName) {
  for (const StepKind& kind : catalogue())
    EXPECT_EQ(findStepKind(kind.name), &kind);
  EXPECT_EQ(findStepKind("flip"), nullptr);
  EXPECT_EQ(findStepKind(""), nullptr);
}

TEST(Catalogue, ExplainsEveryKindAndParameter) {
  for (const StepKind& kind : catalogue()) {
    SCOPED_TRACE(kind.name);
    for (const std::string_view text : {kind.form, kind.summary, kind.help, kind.before, kind.after})
      EXPECT_FALSE(text.empty());
    EXPECT_TRUE(kind.summary.ends_with('.'));
    EXPECT_NE(kind.before, kind.after);
    EXPECT_EQ((kind.apply != nullptr) + (kind.changeStorage != nullptr) + (kind.expand != nullptr), 1);
    for (const StepParameter& parameter : kind.parameters)
      EXPECT_FALSE(parameter.help.empty()) << parameter.name;
  }
}

TEST(Catalogue, GivesAnExampleOfEveryKindThatParsesBack) {
  for (const StepKind& kind : catalogue()) {
    const Result<Step> step = parseStep(kind.example);
    ASSERT_TRUE(step) << kind.name << ": " << step.error().message;
    EXPECT_EQ(step->kind, kind.name);
    EXPECT_EQ(toText(*step), kind.example);
  }
}

TEST(Manual, HasAPageWithEveryParameterAndBothPictures) {
  for (const StepKind& kind : catalogue()) {
    const std::string page = manualPage(kind);
    for (const std::string_view part : {kind.form, kind.example, kind.summary, kind.help, kind.before, kind.after, kind.peers})
      EXPECT_NE(page.find(part), std::string::npos) << kind.name << ": " << part;
    for (const StepParameter& parameter : kind.parameters)
      EXPECT_NE(page.find("| " + std::string(parameter.name) + " | "), std::string::npos) << kind.name;
  }
}

TEST(Manual, TellsRangesOfNumbers) {
  EXPECT_NE(manualPage(*findStepKind("unroll")).find("| factor | an integer from 2 to 64, or full |"), std::string::npos);
  EXPECT_NE(manualPage(*findStepKind("shift")).find("| amount | a sum of integers and names, such as 2, N or N-1 |"),
            std::string::npos);
}

TEST(Catalogue, FormsStartWithTheNameAndUseEachParameterOnce) {
  for (const StepKind& kind : catalogue()) {
    SCOPED_TRACE(kind.form);
    const std::vector<FormItem> items = parseForm(kind);
    EXPECT_EQ(items.front().text, kind.name);
    std::multiset<std::string_view> used;
    for (const FormItem& item : items)
      if (item.parameter != nullptr)
        used.insert(item.parameter->name);
    EXPECT_EQ(used.size(), kind.parameters.size());
    for (const StepParameter& parameter : kind.parameters)
      EXPECT_EQ(used.count(parameter.name), 1U) << parameter.name;
  }
}

TEST(Catalogue, InitialValuesLieInRange) {
  for (const StepKind& kind : catalogue()) {
    for (const StepParameter& parameter : kind.parameters) {
      SCOPED_TRACE(std::string(kind.name) + " " + std::string(parameter.name));
      EXPECT_LT(parameter.minimum, parameter.maximum);
      const bool isNumber = parameter.kind == StepParameter::Kind::Integer ||
                            parameter.kind == StepParameter::Kind::Integers ||
                            parameter.kind == StepParameter::Kind::Factor;
      if (!isNumber)
        continue;
      std::int64_t value = 0;
      const char* const end = parameter.initial.data() + parameter.initial.size();
      ASSERT_EQ(std::from_chars(parameter.initial.data(), end, value).ptr, end);
      EXPECT_GE(value, parameter.minimum);
      EXPECT_LE(value, parameter.maximum);
    }
  }
}

/// A form filled with initial values, or with a word that fits.
std::string filled(const StepKind& kind, bool withOptional) {
  std::string line;
  for (const FormItem& item : parseForm(kind)) {
    if (item.isOptional && !withOptional)
      continue;
    const bool isFilled = item.parameter != nullptr;
    const std::string initial = isFilled ? std::string(item.parameter->initial) : "";
    // A matrix shown first is made for two loops.
    const bool isPair = item.parameter != nullptr && item.parameter->kind == StepParameter::Kind::Loops &&
                        std::ranges::any_of(kind.parameters, [](const StepParameter& other) {
                          return other.kind == StepParameter::Kind::Matrix;
                        });
    const std::string fits = isFilled && item.parameter->kind == StepParameter::Kind::Text ? "\"x\"" : "x";
    line += (line.empty() ? "" : " ") + (!isFilled ? item.text : isPair ? "x y" : initial.empty() ? fits : initial);
  }
  return line;
}

TEST(Catalogue, FilledFormsParseBack) {
  for (const StepKind& kind : catalogue()) {
    for (const bool withOptional : {false, true}) {
      const std::string line = filled(kind, withOptional);
      const Result<Step> step = parseStep(line);
      ASSERT_TRUE(step) << line << ": " << step.error().message;
      EXPECT_EQ(step->kind, kind.name);
      EXPECT_EQ(toText(*step), line);
    }
  }
}

TEST(StepForm, MarksTheOptionalGroup) {
  const std::vector<FormItem> items = parseForm(*findStepKind("tile"));
  ASSERT_EQ(items.size(), 6U);
  EXPECT_EQ(items[4].text, "as");
  EXPECT_TRUE(items[4].isOptional);
  EXPECT_EQ(items[4].groupKey, "names");
  EXPECT_EQ(items[5].parameter->name, "names");
  EXPECT_FALSE(items[3].isOptional);
}

} // namespace
} // namespace polyloom
