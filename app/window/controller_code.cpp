// The texts of the code panels, and the mathematics.
#include "app/window/controller.h"

#include "app/window/main_window.h"

namespace polyloom {

namespace {

/// What `emit --as` calls it.
QString formOf(CodeView::Kind kind) {
  switch (kind) {
  case CodeView::Kind::C: return QStringLiteral("openmp");
  case CodeView::Kind::PlainC: return QStringLiteral("c");
  case CodeView::Kind::Llvm: return QStringLiteral("llvm");
  case CodeView::Kind::PlainLlvm: return QStringLiteral("llvm-plain");
  case CodeView::Kind::Assembly: return QStringLiteral("asm");
  case CodeView::Kind::IslSchedule: return QStringLiteral("isl");
  case CodeView::Kind::IslSyntax: return QStringLiteral("ast");
  case CodeView::Kind::OpenScop: return QStringLiteral("openscop");
  }
  return {};
}

} // namespace

void Controller::connectCode() {
  for (CodeView* view : {window_.code(), window_.secondCode()}) {
    connect(view, &CodeView::textRequested, this, [this, view](CodeView::Kind kind) {
      // The schedule that is shown: where the recipe's last step was refused, it is the one before.
      code_.setReassociate(window_.actions().reassociate->isChecked());
      code_.request(formOf(kind), QString::fromStdString(view->schedule()->recipe));
    });
    connect(&code_, &CodeService::ready, view, [view](const QString& form, const CodeService::Lines& lines) {
      if (formOf(view->kind()) == form)
        view->setLines(view->kind(), *lines);
    });
    connect(&code_, &CodeService::failed, view, [view](const QString& form, const QString& message) {
      if (formOf(view->kind()) == form)
        view->setNotice(view->kind(), message);
    });
  }
  connect(&code_, &CodeService::busyChanged, this, &Controller::updateWork);
  connect(window_.mathematics(), &MathematicsView::requested, &engine_, &Engine::askMathematics);
  connect(&engine_, &Engine::busyChanged, this, [this](bool isBusy) {
    if (!isBusy && !engine_.wantsMathematics())
      window_.mathematics()->giveUp();
  });
  connect(&engine_, &Engine::mathematicsReady, window_.mathematics(), &MathematicsView::setMathematics);
}

} // namespace polyloom
