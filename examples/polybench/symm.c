/* Product with a symmetric matrix of which the lower triangle is stored: C = alpha * A * B + beta * C. */
// preset MINI: M=20 N=30
// preset SMALL: M=60 N=80
// preset MEDIUM: M=200 N=240
// preset LARGE: M=1000 N=1200
// preset EXTRALARGE: M=2000 N=2600

void kernel_symm(int M, int N, double alpha, double beta, double C[M][N], double A[M][M], double B[M][N])
{
    int i, j, k;
    double temp2;

#pragma scop
    for (i = 0; i < M; i++)
        for (j = 0; j < N; j++) {
            temp2 = 0;
            for (k = 0; k < i; k++) {
                C[k][j] += alpha * B[i][j] * A[i][k];
                temp2 += B[k][j] * A[i][k];
            }
            C[i][j] = beta * C[i][j] + alpha * B[i][j] * A[i][i] + alpha * temp2;
        }
#pragma endscop
}
