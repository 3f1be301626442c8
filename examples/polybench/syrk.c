/* Symmetric rank-M update of a lower triangle: C = alpha * A * A^T + beta * C. */
// preset MINI: M=20 N=30
// preset SMALL: M=60 N=80
// preset MEDIUM: M=200 N=240
// preset LARGE: M=1000 N=1200
// preset EXTRALARGE: M=2000 N=2600

void kernel_syrk(int N, int M, double alpha, double beta, double C[N][N], double A[N][M])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < N; i++) {
        for (j = 0; j <= i; j++)
            C[i][j] *= beta;
        for (k = 0; k < M; k++)
            for (j = 0; j <= i; j++)
                C[i][j] += alpha * A[i][k] * A[j][k];
    }
#pragma endscop
}
