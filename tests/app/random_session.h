// A person who does anything, in any order: seeded, so that it can be done again.
#pragma once

#include "app/window/windows.h"

#include <QStringList>
#include <QTimer>

#include <deque>
#include <functional>
#include <random>
#include <string>
#include <vector>

class QWidget;

namespace polyloom::test {

/// Acts on the program's windows as a person could, but for dialogs of the system. What pops up is closed again; a modal
/// box is a failure, since the program has none.
class RandomSession {
public:
  /// `files`: what is opened; those that cannot be read belong to it. `folder`: for what is written.
  RandomSession(Windows& windows, QStringList files, QString folder, std::uint32_t seed);

  /// Does one thing, and lets the event loop run for a moment.
  void act();
  /// Ends what runs in all windows; false: something runs on.
  bool comeToRest();
  /// The last things done, one a line: what led to a failure.
  std::string story() const;

private:
  struct Habit {
    int weight;
    const char* name;
    void (RandomSession::*act)();
  };
  static const std::vector<Habit>& habits();

  int upTo(int most) { return std::uniform_int_distribution(0, most)(random_); }
  template <typename List> auto oneOf(const List& list) {
    return list[static_cast<decltype(list.size())>(upTo(static_cast<int>(list.size()) - 1))];
  }
  MainWindow& window() const { return windows_.window(shown_); }
  void note(const QString& detail);
  QPoint placeIn(const QWidget& widget);
  QString name();
  QString line();
  void closePopups();

  void trigger();
  void useTheMouse();
  void drag(QWidget& widget);
  void typeALine();
  void typeACommand();
  void chooseInHistory();
  void changeAValue();
  void openAFile();
  void changeTheFile();
  void exportAView();
  void resize();
  void openOrClose();
  void saveALayout();

  Windows& windows_;
  QStringList files_;
  QString folder_;
  std::mt19937 random_;
  std::size_t shown_ = 0; ///< the window that is worked in
  int done_ = 0;
  std::deque<std::string> story_;
  QTimer closer_;
};

} // namespace polyloom::test
