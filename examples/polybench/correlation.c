/* Correlation matrix of M variables observed N times; data is centered and scaled on the way. */
// preset MINI: M=28 N=32
// preset SMALL: M=80 N=100
// preset MEDIUM: M=240 N=260
// preset LARGE: M=1200 N=1400
// preset EXTRALARGE: M=2600 N=3000

#include <math.h>

void kernel_correlation(int M, int N, double float_n, double data[N][M], double corr[M][M], double mean[M],
                        double stddev[M])
{
    int i, j, k;
    double eps = 0.1;

#pragma scop
    for (j = 0; j < M; j++) {
        mean[j] = 0.0;
        for (i = 0; i < N; i++)
            mean[j] += data[i][j];
        mean[j] /= float_n;
    }
    for (j = 0; j < M; j++) {
        stddev[j] = 0.0;
        for (i = 0; i < N; i++)
            stddev[j] += (data[i][j] - mean[j]) * (data[i][j] - mean[j]);
        stddev[j] /= float_n;
        stddev[j] = sqrt(stddev[j]);
        stddev[j] = stddev[j] <= eps ? 1.0 : stddev[j];
    }
    for (i = 0; i < N; i++)
        for (j = 0; j < M; j++) {
            data[i][j] -= mean[j];
            data[i][j] /= sqrt(float_n) * stddev[j];
        }
    for (i = 0; i < M - 1; i++) {
        corr[i][i] = 1.0;
        for (j = i + 1; j < M; j++) {
            corr[i][j] = 0.0;
            for (k = 0; k < N; k++)
                corr[i][j] += data[k][i] * data[k][j];
            corr[j][i] = corr[i][j];
        }
    }
    corr[M - 1][M - 1] = 1.0;
#pragma endscop
}
