/* Product of a banded matrix with a vector: A holds the W diagonals on either side of the main one, y += A * x. */
// preset SMALL: N=1000 W=8
// preset LARGE: N=200000 W=16

#define MAX(x, y) ((x) > (y) ? (x) : (y))
#define MIN(x, y) ((x) < (y) ? (x) : (y))

void banded(int N, int W, double A[N][2 * W + 1], double x[N], double y[N])
{
    int i, j;

#pragma scop
    for (i = 0; i < N; i++)
        for (j = MAX(0, i - W); j <= MIN(N - 1, i + W); j++)
            y[i] += A[i][j - i + W] * x[j];
#pragma endscop
}
