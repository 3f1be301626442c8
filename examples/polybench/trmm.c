/* Product with the transpose of a unit lower triangular matrix, in place: B = alpha * A^T * B. */
// preset MINI: M=20 N=30
// preset SMALL: M=60 N=80
// preset MEDIUM: M=200 N=240
// preset LARGE: M=1000 N=1200
// preset EXTRALARGE: M=2000 N=2600

void kernel_trmm(int M, int N, double alpha, double A[M][M], double B[M][N])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < M; i++)
        for (j = 0; j < N; j++) {
            for (k = i + 1; k < M; k++)
                B[i][j] += A[k][i] * B[k][j];
            B[i][j] = alpha * B[i][j];
        }
#pragma endscop
}
