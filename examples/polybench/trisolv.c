/* Forward substitution: x with L * x = b for a lower triangular L. */
// preset MINI: N=40
// preset SMALL: N=120
// preset MEDIUM: N=400
// preset LARGE: N=2000
// preset EXTRALARGE: N=4000

void kernel_trisolv(int N, double L[N][N], double x[N], double b[N])
{
    int i, j;

#pragma scop
    for (i = 0; i < N; i++) {
        x[i] = b[i];
        for (j = 0; j < i; j++)
            x[i] -= L[i][j] * x[j];
        x[i] = x[i] / L[i][i];
    }
#pragma endscop
}
