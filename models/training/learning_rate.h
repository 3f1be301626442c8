// The learning rate along a training.
#pragma once

namespace polyloom {

/// One cycle (Smith and Topin, Super-convergence, arXiv 1708.07120), set anew for every step: from a 25th of the highest
/// rate up along a cosine over the first 30 % of the training, then down along one to a 10 000th of where it began.
/// `progress`: the share of all steps that are done, 0 to 1.
double learningRateAt(double progress, double highest);

} // namespace polyloom
