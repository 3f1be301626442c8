/* Two-stage blur of an image: a 3 x 1 average down the columns, then a 1 x 3 average along the rows. */

void blur(int H, int W, float in[H][W], float tmp[H][W], float out[H][W])
{
    int i, j, y, x;

#pragma scop
    for (i = 1; i < H - 1; i++)
        for (j = 0; j < W; j++)
            tmp[i][j] = (in[i - 1][j] + in[i][j] + in[i + 1][j]) / 3.0f;
    for (y = 1; y < H - 1; y++)
        for (x = 1; x < W - 1; x++)
            out[y][x] = (tmp[y][x - 1] + tmp[y][x] + tmp[y][x + 1]) / 3.0f;
#pragma endscop
}
