/* Two layers of an LSTM over T time steps: gates (input, forget, cell, output), cells c and states h; y is the output. */
// preset SMALL: T=20 D=32 H=32
// preset LARGE: T=100 D=256 H=256

#include <math.h>

#define SIGMOID(x) (1.0 / (1.0 + exp(-(x))))

void lstm(int T, int D, int H, double x[T][D], double W1[4 * H][D], double U1[4 * H][H], double b1[4 * H],
          double W2[4 * H][H], double U2[4 * H][H], double b2[4 * H], double g1[4 * H], double c1[H], double h1[H],
          double g2[4 * H], double c2[H], double h2[H], double y[T][H])
{
    int t, i, k;

#pragma scop
    for (t = 0; t < T; t++) {
        for (i = 0; i < 4 * H; i++) {
            g1[i] = b1[i];
            for (k = 0; k < D; k++)
                g1[i] += W1[i][k] * x[t][k];
            for (k = 0; k < H; k++)
                g1[i] += U1[i][k] * h1[k];
        }
        for (i = 0; i < H; i++) {
            c1[i] = SIGMOID(g1[H + i]) * c1[i] + SIGMOID(g1[i]) * tanh(g1[2 * H + i]);
            h1[i] = SIGMOID(g1[3 * H + i]) * tanh(c1[i]);
        }
        for (i = 0; i < 4 * H; i++) {
            g2[i] = b2[i];
            for (k = 0; k < H; k++)
                g2[i] += W2[i][k] * h1[k];
            for (k = 0; k < H; k++)
                g2[i] += U2[i][k] * h2[k];
        }
        for (i = 0; i < H; i++) {
            c2[i] = SIGMOID(g2[H + i]) * c2[i] + SIGMOID(g2[i]) * tanh(g2[2 * H + i]);
            h2[i] = SIGMOID(g2[3 * H + i]) * tanh(c2[i]);
            y[t][i] = h2[i];
        }
    }
#pragma endscop
}
