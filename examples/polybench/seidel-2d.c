/* Two-dimensional Gauss-Seidel: TSTEPS sweeps of a nine-point average in place. */
// preset MINI: TSTEPS=20 N=40
// preset SMALL: TSTEPS=40 N=120
// preset MEDIUM: TSTEPS=100 N=400
// preset LARGE: TSTEPS=500 N=2000
// preset EXTRALARGE: TSTEPS=1000 N=4000

void kernel_seidel_2d(int TSTEPS, int N, double A[N][N])
{
    int t, i, j;

#pragma scop
    for (t = 0; t <= TSTEPS - 1; t++)
        for (i = 1; i <= N - 2; i++)
            for (j = 1; j <= N - 2; j++)
                A[i][j] = (A[i - 1][j - 1] + A[i - 1][j] + A[i - 1][j + 1]
                           + A[i][j - 1] + A[i][j] + A[i][j + 1]
                           + A[i + 1][j - 1] + A[i + 1][j] + A[i + 1][j + 1]) / 9.0;
#pragma endscop
}
