/* Factorization A = L * D * L^T of a symmetric matrix: L unit lower triangular, D diagonal. */
// preset SMALL: N=120
// preset LARGE: N=2000

void ldlt(int N, double A[N][N], double L[N][N], double D[N])
{
    int i, j, k;

#pragma scop
    for (j = 0; j < N; j++) {
        D[j] = A[j][j];
        for (k = 0; k < j; k++)
            D[j] -= L[j][k] * L[j][k] * D[k];
        for (i = j + 1; i < N; i++) {
            L[i][j] = A[i][j];
            for (k = 0; k < j; k++)
                L[i][j] -= L[i][k] * L[j][k] * D[k];
            L[i][j] /= D[j];
        }
    }
#pragma endscop
}
