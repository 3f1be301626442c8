#include "app/window/command_line.h"

#include "views/exporter.h"

#include <QCommandLineParser>

namespace polyloom {

namespace {

const char* const kUsage = R"(Explore and change the order in which loops run.

  polyloom [FILE] [--recipe R] [--set N=100]... [-I FOLDER]... [-D NAME=VALUE]... [--model-command COMMAND]
  polyloom --render FILE [--recipe R] [--set N=12]... --view domain|deps|tree|memory -o OUT.svg|.pdf|.png|.tex|.csv
  polyloom --screenshot OUT.png [--size 1400x860] [--theme light|dark|high-contrast|projector] [--view PANEL] FILE [--recipe R]
  polyloom --bench-view POINTS
  polyloom --bench-start FILE)";

/// What --render can write; the rest is for the window.
const QStringList kViews = {QStringLiteral("domain"),      QStringLiteral("deps"),       QStringLiteral("tree"),
                            QStringLiteral("memory"),      QStringLiteral("dependence"), QStringLiteral("instance"),
                            QStringLiteral("measurement"), QStringLiteral("history"),    QStringLiteral("source"),
                            QStringLiteral("code")};

struct Options {
  QCommandLineOption recipe{QStringLiteral("recipe"), QStringLiteral("Start with this recipe."),
                            QStringLiteral("file")};
  QCommandLineOption set{QStringLiteral("set"), 
                         QStringLiteral("Set a scalar argument (or preset=NAME): for measuring, and for what --render draws."),
                         QStringLiteral("NAME=VALUE")};
  QCommandLineOption includes{QStringLiteral("I"), QStringLiteral("Look for headers in this folder."),
                              QStringLiteral("folder")};
  QCommandLineOption defines{QStringLiteral("D"), QStringLiteral("Define a macro."), QStringLiteral("NAME[=VALUE]")};
  QCommandLineOption function{QStringLiteral("function"), QStringLiteral("Show the region in this function."),
                              QStringLiteral("name")};
  QCommandLineOption scop{QStringLiteral("scop"), QStringLiteral("Show the file's region number K, from 1."),
                          QStringLiteral("K")};
  QCommandLineOption render{QStringLiteral("render"), QStringLiteral("Draw a file's picture without a window."),
                            QStringLiteral("file")};
  QCommandLineOption view{QStringLiteral("view"), QStringLiteral("What --render draws: domain, deps, tree, memory or another panel; which panel --screenshot brings to the front."),
                          QStringLiteral("view"), QStringLiteral("domain")};
  QCommandLineOption scale{QStringLiteral("scale"), QStringLiteral("How large --render makes a PNG, from 1 to 4."),
                           QStringLiteral("factor"), QStringLiteral("2")};
  QCommandLineOption output{{QStringLiteral("o"), QStringLiteral("output")},
                            QStringLiteral("Where --render writes."),
                            QStringLiteral("file")};
  QCommandLineOption screenshot{QStringLiteral("screenshot"), QStringLiteral("Save a picture of the window."),
                                QStringLiteral("file")};
  QCommandLineOption size{QStringLiteral("size"), QStringLiteral("The window's size."), QStringLiteral("WxH"),
                          QStringLiteral("1400x860")};
  QCommandLineOption theme{QStringLiteral("theme"), QStringLiteral("light, dark, high-contrast or projector."), QStringLiteral("theme")};
  QCommandLineOption step{QStringLiteral("step"),
                          QStringLiteral("Show the execution in the screenshot after so many steps."),
                          QStringLiteral("steps")};
  QCommandLineOption modelCommand{QStringLiteral("model-command"),
                                  QStringLiteral("Let this command predict speedups; it speaks the protocol of polyloom-model."),
                                  QStringLiteral("command")};
  QCommandLineOption bench{QStringLiteral("bench-view"),
                           QStringLiteral("Print how many frames a second the iteration space reaches."),
                           QStringLiteral("points")};
  QCommandLineOption benchStart{QStringLiteral("bench-start"),
                                QStringLiteral("Print how long the window and a file's instances take to appear."),
                                QStringLiteral("file")};
};

std::optional<QString> readValues(const QStringList& settings, SetTexts& values) {
  for (const QString& setting : settings) {
    bool ok = false;
    const QString value = setting.section(QLatin1Char('='), 1).trimmed();
    const QString name = setting.section(QLatin1Char('='), 0, 0).trimmed();
    value.toDouble(&ok);
    ok |= name == QLatin1String("preset") && !value.isEmpty();
    if (!ok || name.isEmpty())
      return QStringLiteral("--set wants NAME=VALUE with a number, or preset=NAME, not \"%1\"").arg(setting);
    values.emplace_back(name.toStdString(), value.toStdString());
  }
  return std::nullopt;
}

std::optional<QString> readOpenOptions(const QCommandLineParser& parser, const Options& options, OpenOptions& open) {
  open.includes = parser.values(options.includes);
  open.defines = parser.values(options.defines);
  open.function = parser.value(options.function);
  bool ok = true;
  if (parser.isSet(options.scop))
    open.scop = parser.value(options.scop).toInt(&ok);
  if (!ok || open.scop < 0 || (parser.isSet(options.scop) && open.scop == 0))
    return QStringLiteral("--scop wants a region's number, from 1, not \"%1\"").arg(parser.value(options.scop));
  if (open.scop > 0 && !open.function.isEmpty())
    return QStringLiteral("--scop and --function both choose a region; give one of them");
  return readValues(parser.values(options.set), open.values);
}

std::optional<QString> readRender(const QCommandLineParser& parser, const Options& options, CommandLine& line) {
  line.task = CommandLine::Task::Render;
  line.file = parser.value(options.render);
  line.open.drawsValues = true;
  line.output = parser.value(options.output);
  line.view = parser.value(options.view);
  if (!kViews.contains(line.view))
    return QStringLiteral("--view is one of %1, not \"%2\"").arg(kViews.join(QStringLiteral(", ")), line.view);
  bool ok = true;
  if (parser.isSet(options.scale))
    line.scale = parser.value(options.scale).toDouble(&ok);
  if (!ok || line.scale < kLeastExportScale || line.scale > kMostExportScale)
    return QStringLiteral("--scale wants a number from %1 to %2, not \"%3\"")
        .arg(kLeastExportScale).arg(kMostExportScale).arg(parser.value(options.scale));
  return line.output.isEmpty() ? std::optional(QStringLiteral("--render needs -o OUT.svg, .pdf, .png, .tex or .csv"))
                               : std::nullopt;
}

std::optional<QString> readScreenshot(const QCommandLineParser& parser, const Options& options, CommandLine& line) {
  line.task = CommandLine::Task::Screenshot;
  line.output = parser.value(options.screenshot);
  bool ok = true;
  if (parser.isSet(options.step))
    line.step = parser.value(options.step).toInt(&ok);
  if (!ok || line.step.value_or(0) < 0)
    return QStringLiteral("--step wants a number of steps, not \"%1\"").arg(parser.value(options.step));
  if (parser.isSet(options.view))
    line.panel = parser.value(options.view);
  const QString size = parser.value(options.size);
  line.size = {size.section(QLatin1Char('x'), 0, 0).toInt(), size.section(QLatin1Char('x'), 1).toInt()};
  if (line.size.width() < 200 || line.size.height() < 200 || line.size.width() > 8000 || line.size.height() > 8000)
    return QStringLiteral("--size wants WIDTHxHEIGHT in pixels, not \"%1\"").arg(size);
  return line.file.isEmpty() ? std::optional(QStringLiteral("--screenshot needs a program: a C file, a .poly text or OpenScop")) : std::nullopt;
}

std::optional<QString> readBench(const QCommandLineParser& parser, const Options& options, CommandLine& line) {
  line.task = CommandLine::Task::BenchView;
  bool ok = false;
  line.points = parser.value(options.bench).toInt(&ok);
  if (!ok || line.points < 1 || line.points > 2000000)
    return QStringLiteral("--bench-view wants a number of points, not \"%1\"").arg(parser.value(options.bench));
  return std::nullopt;
}

std::optional<QString> readTask(const QCommandLineParser& parser, const Options& options, CommandLine& line) {
  const QStringList files = parser.positionalArguments();
  if (files.size() > 1)
    return QStringLiteral("one file at a time, not %1").arg(files.size());
  line.file = files.value(0);
  if (parser.isSet(options.recipe))
    line.recipePath = parser.value(options.recipe);
  line.modelCommand = parser.value(options.modelCommand);
  const QString theme = parser.value(options.theme);
  line.theme = Theme::kindNamed(theme);
  if (parser.isSet(options.theme) && !line.theme)
    return QStringLiteral("--theme is light, dark, high-contrast or projector, not \"%1\"").arg(theme);
  if (const auto wrong = readOpenOptions(parser, options, line.open))
    return wrong;
  if (parser.isSet(options.render))
    return readRender(parser, options, line);
  if (parser.isSet(options.screenshot))
    return readScreenshot(parser, options, line);
  if (parser.isSet(options.benchStart)) {
    line.task = CommandLine::Task::BenchStart;
    line.file = parser.value(options.benchStart);
    return std::nullopt;
  }
  return parser.isSet(options.bench) ? readBench(parser, options, line) : std::nullopt;
}

} // namespace

Result<CommandLine> parseCommandLine(const QStringList& arguments) {
  QCommandLineParser parser;
  Options options;
  for (QCommandLineOption* option : {&options.includes, &options.defines})
    option->setFlags(QCommandLineOption::ShortOptionStyle); // -Ifolder and -DNAME in one word
  parser.setApplicationDescription(QString::fromUtf8(kUsage));
  const QCommandLineOption help = parser.addHelpOption(), version = parser.addVersionOption();
  parser.addPositionalArgument(QStringLiteral("file"), QStringLiteral("A C file with a #pragma scop region, a .poly text, or OpenScop."));
  parser.addOptions({options.recipe, options.set, options.render, options.view, options.scale, options.output, options.screenshot,
                     options.includes, options.defines, options.function, options.scop, options.size, options.theme, options.step, options.modelCommand, options.bench, options.benchStart});
  CommandLine line;
  if (!parser.parse(QStringList{QStringLiteral("polyloom")} + arguments))
    return failure("usage", parser.errorText().toStdString());
  if (parser.isSet(help))
    line.answer = parser.helpText();
  else if (parser.isSet(version))
    line.answer = QStringLiteral("polyloom " POLYLOOM_VERSION "\n");
  else if (const auto wrong = readTask(parser, options, line))
    return failure("usage", wrong->toStdString());
  return line;
}

bool isOffscreen(const QStringList& arguments) {
  for (const QString& argument : arguments)
    for (const char* task : {"--render", "--screenshot", "--bench-view", "--bench-start", "--help", "--version", "-h", "-v"})
      if (argument.section(QLatin1Char('='), 0, 0) == QLatin1String(task))
        return true;
  return false;
}

} // namespace polyloom
