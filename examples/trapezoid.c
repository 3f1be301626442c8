/* A three-point average whose domain shrinks by one cell at either end with each of T steps. */
// preset SMALL: T=40 N=400
// preset LARGE: T=500 N=100000

void trapezoid(int T, int N, double A[T + 1][N])
{
    int t, i;

#pragma scop
    for (t = 1; t <= T; t++)
        for (i = t; i < N - t; i++)
            A[t][i] = 0.33333 * (A[t - 1][i - 1] + A[t - 1][i] + A[t - 1][i + 1]);
#pragma endscop
}
