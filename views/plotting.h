// QCustomPlot's header uses Qt's lower-case keywords, which our code turns off; they are on for this header only.
// It cannot meet isl/cpp.h: both use the word foreach.
#pragma once

#include <QtGlobal>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef emit
#undef foreach
