/* Covariance matrix of M variables observed N times; data is centered on the way. */
// preset MINI: M=28 N=32
// preset SMALL: M=80 N=100
// preset MEDIUM: M=240 N=260
// preset LARGE: M=1200 N=1400
// preset EXTRALARGE: M=2600 N=3000

void kernel_covariance(int M, int N, double float_n, double data[N][M], double cov[M][M], double mean[M])
{
    int i, j, k;

#pragma scop
    for (j = 0; j < M; j++) {
        mean[j] = 0.0;
        for (i = 0; i < N; i++)
            mean[j] += data[i][j];
        mean[j] /= float_n;
    }
    for (i = 0; i < N; i++)
        for (j = 0; j < M; j++)
            data[i][j] -= mean[j];
    for (i = 0; i < M; i++)
        for (j = i; j < M; j++) {
            cov[i][j] = 0.0;
            for (k = 0; k < N; k++)
                cov[i][j] += data[k][i] * data[k][j];
            cov[i][j] /= float_n - 1.0;
            cov[j][i] = cov[i][j];
        }
#pragma endscop
}
