// QScintilla's headers use Qt's lower-case keywords, which our code turns off; they are on for these headers only.
#pragma once

#include <QtGlobal>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#include <Qsci/qscilexercpp.h>
#include <Qsci/qsciscintilla.h>
#undef signals
#undef slots
#undef emit
