/* QR factorization by the modified Gram-Schmidt process: A = Q * R; A is overwritten. */
// preset MINI: M=20 N=30
// preset SMALL: M=60 N=80
// preset MEDIUM: M=200 N=240
// preset LARGE: M=1000 N=1200
// preset EXTRALARGE: M=2000 N=2600

#include <math.h>

void kernel_gramschmidt(int M, int N, double A[M][N], double R[N][N], double Q[M][N])
{
    int i, j, k;
    double nrm;

#pragma scop
    for (k = 0; k < N; k++) {
        nrm = 0.0;
        for (i = 0; i < M; i++)
            nrm += A[i][k] * A[i][k];
        R[k][k] = sqrt(nrm);
        for (i = 0; i < M; i++)
            Q[i][k] = A[i][k] / R[k][k];
        for (j = k + 1; j < N; j++) {
            R[k][j] = 0.0;
            for (i = 0; i < M; i++)
                R[k][j] += Q[i][k] * A[i][j];
            for (i = 0; i < M; i++)
                A[i][j] = A[i][j] - Q[i][k] * R[k][j];
        }
    }
#pragma endscop
}
