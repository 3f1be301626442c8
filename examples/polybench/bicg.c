/* The two products of a biconjugate-gradient step: s = A^T * r and q = A * p. */
// preset MINI: M=38 N=42
// preset SMALL: M=116 N=124
// preset MEDIUM: M=390 N=410
// preset LARGE: M=1900 N=2100
// preset EXTRALARGE: M=1800 N=2200

void kernel_bicg(int M, int N, double A[N][M], double s[M], double q[N], double p[M], double r[N])
{
    int i, j;

#pragma scop
    for (i = 0; i < M; i++)
        s[i] = 0;
    for (i = 0; i < N; i++) {
        q[i] = 0.0;
        for (j = 0; j < M; j++) {
            s[j] = s[j] + r[i] * A[i][j];
            q[i] = q[i] + A[i][j] * p[j];
        }
    }
#pragma endscop
}
