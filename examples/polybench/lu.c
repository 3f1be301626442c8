/* LU factorization without pivoting, row by row: A becomes L (unit diagonal, below) and U (on and above). */
// preset MINI: N=40
// preset SMALL: N=120
// preset MEDIUM: N=400
// preset LARGE: N=2000
// preset EXTRALARGE: N=4000

void kernel_lu(int N, double A[N][N])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < N; i++) {
        for (j = 0; j < i; j++) {
            for (k = 0; k < j; k++)
                A[i][j] -= A[i][k] * A[k][j];
            A[i][j] /= A[j][j];
        }
        for (j = i; j < N; j++)
            for (k = 0; k < i; k++)
                A[i][j] -= A[i][k] * A[k][j];
    }
#pragma endscop
}
