/* LU factorization without pivoting: A becomes L (unit diagonal, below) and U (on and above the diagonal). */

void lu(int N, double A[N][N])
{
    int i, j, k;

#pragma scop
    for (k = 0; k < N; k++) {
        for (i = k + 1; i < N; i++)
            A[i][k] = A[i][k] / A[k][k];
        for (i = k + 1; i < N; i++)
            for (j = k + 1; j < N; j++)
                A[i][j] = A[i][j] - A[i][k] * A[k][j];
    }
#pragma endscop
}
