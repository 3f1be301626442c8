// What a session's file remembers of the panels. Only this file knows what is in it; what it does not know it leaves alone.
#include "app/window/main_window.h"

#include "app/window/settings.h"
#include "app/window/space_state_json.h"

namespace polyloom {

QJsonObject MainWindow::viewState() const {
  return {{QStringLiteral("window"),
           QJsonObject{{QStringLiteral("layout"), QString::fromLatin1(saveState(kLayoutVersion).toBase64())}}},
          {QStringLiteral("code"), QJsonObject{{QStringLiteral("kind"), static_cast<int>(code_->kind())}}},
          {QStringLiteral("space"), spaceStateToJson(space_->state())},
          {QStringLiteral("history"), history_->viewState()}};
}

void MainWindow::restoreViewState(const QJsonObject& views) {
  const auto of = [&](const char* panel) { return views.value(QLatin1String(panel)).toObject(); };
  const QByteArray layout = QByteArray::fromBase64(of("window").value(QStringLiteral("layout")).toString().toLatin1());
  if (!layout.isEmpty())
    restoreState(layout, kLayoutVersion);
  const int kind = of("code").value(QStringLiteral("kind")).toInt();
  if (kind >= static_cast<int>(CodeView::Kind::C) && kind <= static_cast<int>(CodeView::Kind::Assembly))
    code_->setKind(static_cast<CodeView::Kind>(kind));
  if (views.contains(QStringLiteral("space")))
    space_->setState(spaceStateFromJson(of("space")));
  history_->restoreViewState(of("history"));
}

} // namespace polyloom
