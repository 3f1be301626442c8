/* Two-dimensional Jacobi: TSTEPS pairs of five-point sweeps, from A to B and back. */
// preset MINI: TSTEPS=20 N=30
// preset SMALL: TSTEPS=40 N=90
// preset MEDIUM: TSTEPS=100 N=250
// preset LARGE: TSTEPS=500 N=1300
// preset EXTRALARGE: TSTEPS=1000 N=2800

void kernel_jacobi_2d(int TSTEPS, int N, double A[N][N], double B[N][N])
{
    int t, i, j;

#pragma scop
    for (t = 0; t < TSTEPS; t++) {
        for (i = 1; i < N - 1; i++)
            for (j = 1; j < N - 1; j++)
                B[i][j] = 0.2 * (A[i][j] + A[i][j - 1] + A[i][1 + j] + A[1 + i][j] + A[i - 1][j]);
        for (i = 1; i < N - 1; i++)
            for (j = 1; j < N - 1; j++)
                A[i][j] = 0.2 * (B[i][j] + B[i][j - 1] + B[i][1 + j] + B[1 + i][j] + B[i - 1][j]);
    }
#pragma endscop
}
