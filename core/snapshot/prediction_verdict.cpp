#include "core/snapshot/prediction_verdict.h"

namespace polyloom {

PredictionVerdict judgePrediction(const SpeedupRange& predicted, const SpeedupRange& measured) {
  if (predicted.high < measured.low || measured.high < predicted.low)
    return PredictionVerdict::ModelWrong;
  if (predicted.holds(1) && measured.holds(1))
    return PredictionVerdict::NotDistinguishable;
  return PredictionVerdict::Agrees;
}

std::string wordOf(PredictionVerdict verdict) {
  switch (verdict) {
  case PredictionVerdict::Agrees: return "agrees";
  case PredictionVerdict::ModelWrong: return "model wrong";
  case PredictionVerdict::NotDistinguishable: return "not distinguishable";
  }
  return "";
}

} // namespace polyloom
