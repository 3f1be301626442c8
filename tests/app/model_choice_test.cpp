// Where the choice of a cost model comes from: the settings, the command line, the sheet.
#include "app/window/model_choice.h"

#include "app/window/command_line.h"
#include "app/window/settings.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace polyloom {
namespace {

TEST(ModelChoice, IsRememberedButForTheCommandOfOneRun) {
  QTemporaryDir folder;
  const QString file = folder.filePath(QStringLiteral("s.ini"));
  const ModelChoice chosen{QStringLiteral("/tmp/a b.weights"), QStringLiteral("python3 model.py")};
  Settings settings(file);
  EXPECT_EQ(settings.model(), ModelChoice());
  settings.setModel(chosen);
  settings.setCommandOfThisRun(QStringLiteral("other"));
  EXPECT_EQ(settings.model(), ModelChoice(chosen.weights, QStringLiteral("other")));
  EXPECT_EQ(Settings(file).model(), chosen) << "another run has none";
  settings.setModel(chosen);
  EXPECT_EQ(settings.model(), chosen) << "what is chosen in the window counts";
}

TEST(ModelChoice, SplitsACommandAsAShellDoes) {
  EXPECT_EQ(commandOf({{}, QStringLiteral("python3 \"my model.py\" --fast")}),
            QStringList({QStringLiteral("python3"), QStringLiteral("my model.py"), QStringLiteral("--fast")}));
  EXPECT_EQ(nameOf({{}, QStringLiteral("/opt/models/mine --fast")}), QStringLiteral("mine"));
  EXPECT_EQ(nameOf({QStringLiteral("/tmp/a.weights"), QStringLiteral("/opt/models/mine")}), QStringLiteral("a.weights"));
  EXPECT_TRUE(weightsOf({{}, QStringLiteral("mine")}).isEmpty()) << "what comes with Polyloom is for its own model";
}

TEST(ModelChoice, ComesFromTheCommandLine) {
  const auto line = parseCommandLine({QStringLiteral("--model-command"), QStringLiteral("python3 model.py"), QStringLiteral("a.c")});
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->modelCommand, QStringLiteral("python3 model.py"));
  EXPECT_EQ(line->file, QStringLiteral("a.c"));
  EXPECT_FALSE(parseCommandLine({QStringLiteral("a.c"), QStringLiteral("--model-command")}).has_value());
}

} // namespace
} // namespace polyloom
