// The program itself, as a person or a script starts it.
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <cstdio>

namespace polyloom {
namespace {

constexpr int kPatience = 60000;

const char* const kScale = R"(void scale(int N, double alpha, double A[N]) {
#pragma scop
  for (int i = 0; i < N; i++)
    A[i] = alpha * A[i];
#pragma endscop
}
)";

struct Ending {
  int code = -1;
  QByteArray output, errors;
};

class ProgramTest : public ::testing::Test {
protected:
  Ending run(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(POLYLOOM_PROGRAM), arguments);
    EXPECT_TRUE(process.waitForFinished(kPatience));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
  }
  QString path(const QString& name) const { return folder_.filePath(name); }
  QString write(const QString& name, const QByteArray& text) {
    QFile file(path(name));
    EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    return file.fileName();
  }
  QByteArray head(const QString& name) {
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.read(200) : QByteArray();
  }

  QTemporaryDir folder_;
};

TEST_F(ProgramTest, RendersEveryFormat) {
  const QString file = write(QStringLiteral("scale.c"), kScale);
  for (const auto& [name, start] : {std::pair("a.svg", "<?xml"), std::pair("a.pdf", "%PDF"), std::pair("a.png", "\x89PNG")}) {
    const QString out = path(QLatin1String(name));
    const Ending ending = run({QStringLiteral("--render"), file, QStringLiteral("--view"), QStringLiteral("deps"),
                               QStringLiteral("-o"), out});
    EXPECT_EQ(ending.code, 0) << ending.errors.constData();
    EXPECT_TRUE(head(QLatin1String(name)).startsWith(start)) << name;
  }
}

TEST_F(ProgramTest, RenderDrawsTheGivenValuesAndManyPointsNot) {
  const QString file = write(QStringLiteral("scale.c"), kScale);
  const auto size = [&](const char* value) {
    const QString out = path(QStringLiteral("a.svg"));
    const Ending ending = run({QStringLiteral("--render"), file, QStringLiteral("--set"),
                               QStringLiteral("N=") + QLatin1String(value), QStringLiteral("-o"), out});
    EXPECT_EQ(ending.code, 0) << ending.errors.constData();
    return std::pair(QFile(out).size(), ending.errors);
  };
  const auto few = size("2"), more = size("50"), most = size("2000000");
  EXPECT_LT(few.first, more.first);
  EXPECT_TRUE(most.second.contains("too many points"));
  EXPECT_LT(most.first, 2000000);
}

TEST_F(ProgramTest, RenderDrawsAPreset) {
  const QString file = write(QStringLiteral("scale.c"), QByteArray("// preset FEW: N=2\n// preset MORE: N=50\n") + kScale);
  const auto size = [&](const QStringList& sets) {
    const QString out = path(QStringLiteral("a.svg"));
    const Ending ending = run(QStringList{QStringLiteral("--render"), file, QStringLiteral("-o"), out} + sets);
    EXPECT_EQ(ending.code, 0) << ending.errors.constData();
    return QFile(out).size();
  };
  const auto few = size({QStringLiteral("--set"), QStringLiteral("N=2")});
  const auto more = size({QStringLiteral("--set"), QStringLiteral("N=50")});
  EXPECT_EQ(size({QStringLiteral("--set"), QStringLiteral("preset=FEW")}), few);
  EXPECT_EQ(size({QStringLiteral("--set=N=2"), QStringLiteral("--set=preset=MORE")}), more);
  EXPECT_EQ(size({QStringLiteral("--set=preset=MORE"), QStringLiteral("--set=N=2")}), few);
  const Ending unknown = run({QStringLiteral("--render"), file, QStringLiteral("--set"), QStringLiteral("preset=HUGE"),
                              QStringLiteral("-o"), path(QStringLiteral("b.svg"))});
  EXPECT_EQ(unknown.code, 3);
  EXPECT_TRUE(unknown.errors.contains("has no preset 'HUGE'; there are FEW, MORE")) << unknown.errors.constData();
}

TEST_F(ProgramTest, TakesAScreenshotOfTheAskedSize) {
  const QString out = path(QStringLiteral("shot.png"));
  const Ending ending =
      run({QStringLiteral("--screenshot"), out, QStringLiteral("--size"), QStringLiteral("1000x640"),
           QStringLiteral("--set"), QStringLiteral("alpha=2"), QStringLiteral("--view"), QStringLiteral("sweep"), write(QStringLiteral("scale.c"), kScale)});
  EXPECT_EQ(ending.code, 0) << ending.errors.constData();
  EXPECT_EQ(QImage(out).size(), QSize(1000, 640));
}

TEST_F(ProgramTest, WhatIsWrongExitsThreeWithASentence) {
  const QString good = write(QStringLiteral("scale.c"), kScale);
  const QString bad = write(QStringLiteral("bad.c"), "int f(void) { return 0; }\n");
  const QString out = path(QStringLiteral("x.png"));
  for (const QStringList& arguments :
       {QStringList{QStringLiteral("--screenshot"), out, bad}, {QStringLiteral("--screenshot"), out, path(QStringLiteral("absent.c"))},
        {QStringLiteral("--screenshot"), out, good, QStringLiteral("--set"), QStringLiteral("Q=1")},
        {QStringLiteral("--screenshot"), out, good, QStringLiteral("--set"), QStringLiteral("N=1.5")},
        {QStringLiteral("--screenshot"), out, good, QStringLiteral("--function"), QStringLiteral("f")},
        {QStringLiteral("--screenshot"), out, good, QStringLiteral("--scop"), QStringLiteral("2")},
        {QStringLiteral("--screenshot"), out, good, QStringLiteral("--view"), QStringLiteral("window")},
        {QStringLiteral("--screenshot"), out, good, QStringLiteral("--scop"), QStringLiteral("1"), QStringLiteral("--function"),
         QStringLiteral("scale")},
        {QStringLiteral("--render"), good, QStringLiteral("-o"), path(QStringLiteral("x.doc"))},
        {QStringLiteral("--frobnicate")}}) {
    const Ending ending = run(arguments);
    EXPECT_EQ(ending.code, 3) << qUtf8Printable(arguments.join(QLatin1Char(' ')));
    EXPECT_TRUE(ending.errors.startsWith("polyloom: ")) << ending.errors.constData();
    EXPECT_FALSE(QFile::exists(out));
  }
}

TEST_F(ProgramTest, RenderRefusesValuesThatBreakAnAssumption) {
  const QString file = write(QStringLiteral("f.c"), "void f(int N, double A[9]) {\n#pragma scop\n  for (int i = 0; i < N; i++)\n"
                                                    "    A[i] = 1;\n#pragma endscop\n}\n");
  const QString out = path(QStringLiteral("f.svg"));
  EXPECT_EQ(run({QStringLiteral("--render"), file, QStringLiteral("--set=N=9"), QStringLiteral("-o"), out}).code, 0);
  QFile::remove(out);
  const Ending ending = run({QStringLiteral("--render"), file, QStringLiteral("--set=N=10"), QStringLiteral("-o"), out});
  EXPECT_EQ(ending.code, 3);
  EXPECT_EQ(ending.errors, "polyloom: N = 10 breaks an assumption of the program\n  assumed: the access A[i] stays inside A\n");
  EXPECT_FALSE(QFile::exists(out));
}

TEST_F(ProgramTest, PlacesWhatIsWrongInARecipe) {
  const QString file = write(QStringLiteral("scale.c"), kScale), out = path(QStringLiteral("x.png"));
  const QString broken = write(QStringLiteral("a.recipe"), "# first\ntile i by 0\n");
  const Ending unread = run({QStringLiteral("--screenshot"), out, file, QStringLiteral("--recipe"), broken});
  EXPECT_EQ(unread.code, 3);
  EXPECT_TRUE(unread.errors.contains("a.recipe:2:11: 0 is out of range for sizes")) << unread.errors.constData();
  const QString foreign = write(QStringLiteral("b.recipe"), "polyloom-recipe 1 gemm\nreverse i\n");
  const Ending other = run({QStringLiteral("--screenshot"), out, file, QStringLiteral("--recipe"), foreign});
  EXPECT_EQ(other.code, 3);
  EXPECT_TRUE(other.errors.contains("this recipe is for gemm, the region is in scale")) << other.errors.constData();
}

TEST_F(ProgramTest, MacrosAndHeadersAreFound) {
  write(QStringLiteral("factor.h"), "#define FACTOR 3\n");
  const QString file = write(QStringLiteral("macro.c"), "#include <factor.h>\nvoid f(int N, double A[N]) {\n#pragma scop\n"
                                                        "  for (int i = 0; i < LAST; i++)\n    A[i] = FACTOR;\n"
                                                        "#pragma endscop\n}\n");
  const QString out = path(QStringLiteral("m.svg"));
  const QStringList common{QStringLiteral("--render"), file, QStringLiteral("-o"), out};
  EXPECT_EQ(run(common).code, 3);
  EXPECT_EQ(run(common + QStringList{QStringLiteral("-I") + folder_.path(), QStringLiteral("-DLAST=N")}).code, 0);
}

TEST_F(ProgramTest, PrintsItsFrameRate) {
  const Ending ending = run({QStringLiteral("--bench-view"), QStringLiteral("2000")});
  EXPECT_EQ(ending.code, 0);
  for (const char* figure : {"pan ", "zoom ", "turn ", "frames/s", "first drawing ", "whole request "})
    EXPECT_TRUE(ending.output.contains(figure)) << figure << "\n" << ending.output.constData();
}

TEST_F(ProgramTest, PrintsHowLongItTakesToStart) {
  const Ending ending = run({QStringLiteral("--bench-start"), write(QStringLiteral("scale.c"), kScale)});
  EXPECT_EQ(ending.code, 0) << ending.errors.constData();
  double window = 0, instances = 0;
  EXPECT_EQ(std::sscanf(ending.output.constData(), "window after %lf ms\ninstances after %lf ms", &window, &instances), 2)
      << ending.output.constData();
  EXPECT_GT(window, 0);
  EXPECT_GT(instances, window);
  EXPECT_EQ(run({QStringLiteral("--bench-start"), path(QStringLiteral("absent.c"))}).code, 3);
}

} // namespace
} // namespace polyloom
