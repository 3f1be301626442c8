/* One-dimensional Jacobi: T sweeps of a three-point average, from A to B and back. */

void jacobi_1d(int T, int N, double A[N], double B[N])
{
    int t, i, j;

#pragma scop
    for (t = 0; t < T; t++) {
        for (i = 1; i < N - 1; i++)
            B[i] = 0.33333 * (A[i - 1] + A[i] + A[i + 1]);
        for (j = 1; j < N - 1; j++)
            A[j] = 0.33333 * (B[j - 1] + B[j] + B[j + 1]);
    }
#pragma endscop
}
