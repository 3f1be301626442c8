/* Cholesky factorization: the lower triangle of the positive definite A becomes L with L * L^T = A. */
// preset MINI: N=40
// preset SMALL: N=120
// preset MEDIUM: N=400
// preset LARGE: N=2000
// preset EXTRALARGE: N=4000

#include <math.h>

void kernel_cholesky(int N, double A[N][N])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < N; i++) {
        for (j = 0; j < i; j++) {
            for (k = 0; k < j; k++)
                A[i][j] -= A[i][k] * A[j][k];
            A[i][j] /= A[j][j];
        }
        for (k = 0; k < i; k++)
            A[i][i] -= A[i][k] * A[i][k];
        A[i][i] = sqrt(A[i][i]);
    }
#pragma endscop
}
