#include "app/window/panel_exports.h"

#include "app/window/main_window.h"
#include "views/panel_export.h"
#include "views/picture_table.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QToolBar>

#include <map>

namespace polyloom {

namespace {

const QString kDock = QStringLiteral("Dock");

const std::map<QString, PictureView>& pictures() {
  static const std::map<QString, PictureView> kPictures = {{QStringLiteral("domain"), PictureView::Domain},
                                                           {QStringLiteral("deps"), PictureView::Dependences},
                                                           {QStringLiteral("tree"), PictureView::Tree}};
  return kPictures;
}

/// What a dock shows, without the frame around it.
QWidget* contentOf(const QDockWidget& dock) {
  auto* content = dock.widget() ? dock.widget()->findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly) : nullptr;
  return content ? content : dock.widget();
}

/// The window in light colors for as long as this lives; nothing is painted on the screen meanwhile.
class LightColors {
public:
  explicit LightColors(MainWindow& window) : window_(window), before_(window.theme().kind) {
    if (before_ != Theme::Kind::Light)
      window_.setThemeKind(Theme::Kind::Light);
  }
  ~LightColors() {
    if (before_ != Theme::Kind::Light)
      window_.setThemeKind(before_);
  }
  LightColors(const LightColors&) = delete;
  LightColors& operator=(const LightColors&) = delete;

private:
  MainWindow& window_;
  Theme::Kind before_;
};

} // namespace

PanelExports::PanelExports(MainWindow& window) : QObject(&window), window_(window) {
  connect(window_.actions().exportPanel, &QAction::triggered, this, &PanelExports::ask);
}

std::vector<ExportSheet::Choice> PanelExports::views() const {
  std::vector<ExportSheet::Choice> all;
  if (window_.program() && window_.schedule())
    all = {{QStringLiteral("deps"), tr("Iteration space with dependences")},
           {QStringLiteral("domain"), tr("Iteration space")},
           {QStringLiteral("tree"), tr("Loop tree")}};
  for (const auto* dock : window_.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly))
    if (const QString name = dock->objectName().chopped(kDock.size()); !pictures().contains(name) && name != QLatin1String("form"))
      all.push_back({name, dock->windowTitle()});
  return all;
}

QString PanelExports::save(const QString& view, const QString& path, double scale) {
  if (const auto picture = pictures().find(view); picture != pictures().end()) {
    if (!window_.program() || !window_.schedule())
      return tr("there is no program to draw");
    return exportTo(path, exportableOf(Picture{window_.program(), window_.schedule(), picture->second}), scale);
  }
  const auto* dock = window_.findChild<QDockWidget*>(view + kDock, Qt::FindDirectChildrenOnly);
  if (!dock)
    return tr("there is no view “%1”").arg(view);
  const LightColors light(window_);
  window_.mathematics()->bringUpToDate();
  Exportable panel = exportableOf(*contentOf(*dock), dock->windowTitle());
  if (const auto schedule = window_.schedule())
    panel.description = QString::fromStdString(schedule->recipe);
  return exportTo(path, panel, scale);
}

QString PanelExports::viewInFocus() const {
  for (const QWidget* widget = QApplication::focusWidget(); widget; widget = widget->parentWidget())
    if (qobject_cast<const QDockWidget*>(widget)) {
      const QString name = widget->objectName().chopped(kDock.size());
      return name;
    }
  return QStringLiteral("deps");
}

void PanelExports::ask() {
  const QString focused = viewInFocus();
  if (!sheet_) {
    sheet_ = new ExportSheet(&window_);
    connect(sheet_, &ExportSheet::exportRequested, this, &PanelExports::askForFile);
  }
  sheet_->ask(views(), focused, *window_.findChild<QToolBar*>(QStringLiteral("toolBar")));
}

void PanelExports::askForFile(const QString& view, double scale) {
  const QString source = window_.program() ? QString::fromStdString(window_.program()->path) : QString();
  const QFileInfo info(source.isEmpty() ? QDir::current().filePath(QStringLiteral("polyloom.c")) : source);
  const QString proposal = info.dir().filePath(QStringLiteral("%1-%2.svg").arg(info.completeBaseName(), view));
  const QString path = QFileDialog::getSaveFileName(&window_, tr("Export"), proposal, exportFilter());
  if (path.isEmpty())
    return;
  const QString wrong = save(view, path, scale);
  window_.messages()->showMessage(wrong.isEmpty() ? MessageBar::Severity::Information : MessageBar::Severity::Error,
                                  wrong.isEmpty() ? tr("Saved %1").arg(path) : wrong);
}

} // namespace polyloom
