/* Two matrix-vector products, one with the transpose: x1 += A * y_1 and x2 += A^T * y_2. */
// preset MINI: N=40
// preset SMALL: N=120
// preset MEDIUM: N=400
// preset LARGE: N=2000
// preset EXTRALARGE: N=4000

void kernel_mvt(int N, double x1[N], double x2[N], double y_1[N], double y_2[N], double A[N][N])
{
    int i, j;

#pragma scop
    for (i = 0; i < N; i++)
        for (j = 0; j < N; j++)
            x1[i] = x1[i] + A[i][j] * y_1[j];
    for (i = 0; i < N; i++)
        for (j = 0; j < N; j++)
            x2[i] = x2[i] + A[j][i] * y_2[j];
#pragma endscop
}
