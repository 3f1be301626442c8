/* Triangular solve with M right-hand sides, in place: B becomes X with L * X = B. */
// preset SMALL: N=100 M=120
// preset LARGE: N=1000 M=1200

void trsm(int N, int M, double L[N][N], double B[N][M])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < N; i++)
        for (j = 0; j < M; j++) {
            for (k = 0; k < i; k++)
                B[i][j] -= L[i][k] * B[k][j];
            B[i][j] /= L[i][i];
        }
#pragma endscop
}
