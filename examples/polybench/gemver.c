/* A rank-two update of A and two products with it: x = beta * A^T * y + z and w = alpha * A * x. */
// preset MINI: N=40
// preset SMALL: N=120
// preset MEDIUM: N=400
// preset LARGE: N=2000
// preset EXTRALARGE: N=4000

void kernel_gemver(int N, double alpha, double beta, double A[N][N], double u1[N], double v1[N], double u2[N],
                   double v2[N], double w[N], double x[N], double y[N], double z[N])
{
    int i, j;

#pragma scop
    for (i = 0; i < N; i++)
        for (j = 0; j < N; j++)
            A[i][j] = A[i][j] + u1[i] * v1[j] + u2[i] * v2[j];
    for (i = 0; i < N; i++)
        for (j = 0; j < N; j++)
            x[i] = x[i] + beta * A[j][i] * y[j];
    for (i = 0; i < N; i++)
        x[i] = x[i] + z[i];
    for (i = 0; i < N; i++)
        for (j = 0; j < N; j++)
            w[i] = w[i] + alpha * A[i][j] * x[j];
#pragma endscop
}
