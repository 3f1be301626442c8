/* One-dimensional Jacobi: TSTEPS pairs of three-point sweeps, from A to B and back. */
// preset MINI: TSTEPS=20 N=30
// preset SMALL: TSTEPS=40 N=120
// preset MEDIUM: TSTEPS=100 N=400
// preset LARGE: TSTEPS=500 N=2000
// preset EXTRALARGE: TSTEPS=1000 N=4000

void kernel_jacobi_1d(int TSTEPS, int N, double A[N], double B[N])
{
    int t, i;

#pragma scop
    for (t = 0; t < TSTEPS; t++) {
        for (i = 1; i < N - 1; i++)
            B[i] = 0.33333 * (A[i - 1] + A[i] + A[i + 1]);
        for (i = 1; i < N - 1; i++)
            A[i] = 0.33333 * (B[i - 1] + B[i] + B[i + 1]);
    }
#pragma endscop
}
