/* A matrix applied twice to a vector: y = A^T * (A * x). */
// preset MINI: M=38 N=42
// preset SMALL: M=116 N=124
// preset MEDIUM: M=390 N=410
// preset LARGE: M=1900 N=2100
// preset EXTRALARGE: M=1800 N=2200

void kernel_atax(int M, int N, double A[M][N], double x[N], double y[N], double tmp[M])
{
    int i, j;

#pragma scop
    for (i = 0; i < N; i++)
        y[i] = 0;
    for (i = 0; i < M; i++) {
        tmp[i] = 0.0;
        for (j = 0; j < N; j++)
            tmp[i] = tmp[i] + A[i][j] * x[j];
        for (j = 0; j < N; j++)
            y[j] = y[j] + A[i][j] * tmp[i];
    }
#pragma endscop
}
