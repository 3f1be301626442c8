/* A layer of a neural network: K convolutions of C channels with kernels of R x S, a bias, and ReLU. */
// preset SMALL: K=8 C=4 H=32 W=32 R=3 S=3
// preset LARGE: K=64 C=64 H=112 W=112 R=3 S=3

void conv_relu(int K, int C, int H, int W, int R, int S, float in[C][H + R - 1][W + S - 1], float weight[K][C][R][S],
               float bias[K], float out[K][H][W])
{
    int k, c, y, x, r, s;

#pragma scop
    for (k = 0; k < K; k++)
        for (y = 0; y < H; y++)
            for (x = 0; x < W; x++)
                out[k][y][x] = bias[k];
    for (k = 0; k < K; k++)
        for (y = 0; y < H; y++)
            for (x = 0; x < W; x++)
                for (c = 0; c < C; c++)
                    for (r = 0; r < R; r++)
                        for (s = 0; s < S; s++)
                            out[k][y][x] += weight[k][c][r][s] * in[c][y + r][x + s];
    for (k = 0; k < K; k++)
        for (y = 0; y < H; y++)
            for (x = 0; x < W; x++)
                out[k][y][x] = out[k][y][x] > 0.0f ? out[k][y][x] : 0.0f;
#pragma endscop
}
