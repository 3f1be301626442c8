#include "views/selection.h"

namespace polyloom {

bool Selection::isEmpty() const {
  return statement_ < 0 && loop_.isEmpty() && dependence_ < 0 && !instance_.isValid();
}

void Selection::selectStatement(int statement) {
  set(statement, {}, -1, {});
}

void Selection::selectLoop(const QString& loop) {
  set(-1, loop, -1, {});
}

void Selection::selectDependence(int dependence) {
  set(-1, {}, dependence, {});
}

void Selection::selectInstance(const InstanceId& instance) {
  set(instance.isValid() ? instance.statement : -1, {}, -1, instance);
}

void Selection::selectPair(const InstanceId& first, const InstanceId& second) {
  set(-1, {}, -1, first, second);
}

void Selection::setHover(const Hover& hover) {
  if (hover == hover_)
    return;
  hover_ = hover;
  Q_EMIT hoverChanged();
}

void Selection::hoverLine(int statement, const QString& loop) {
  setHover({.statements = statement >= 0 ? std::vector<int>{statement} : std::vector<int>{}, .loop = loop});
}

void Selection::hoverInstance(const InstanceId& instance) {
  setHover(instance.isValid() ? Hover{.statements = {instance.statement}, .loop = {}, .instance = instance} : Hover{});
}

void Selection::clear() {
  set(-1, {}, -1, {});
}

void Selection::set(int statement, const QString& loop, int dependence, const InstanceId& instance,
                    const InstanceId& partner) {
  if (statement == statement_ && loop == loop_ && dependence == dependence_ && instance == instance_ &&
      partner == partner_)
    return;
  statement_ = statement;
  loop_ = loop;
  dependence_ = dependence;
  instance_ = instance;
  partner_ = partner;
  Q_EMIT changed();
}

} // namespace polyloom
