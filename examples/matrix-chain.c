/* Best parenthesization of a product of N matrices of sizes p[i] x p[i + 1]: m[i][j] is the cost of factors i to j. */
// preset SMALL: N=120
// preset LARGE: N=2000

#define MIN(x, y) ((x) < (y) ? (x) : (y))

void matrix_chain(int N, double p[N + 1], double m[N][N])
{
    int i, k, l;

#pragma scop
    for (i = 0; i < N; i++)
        m[i][i] = 0.0;
    for (l = 1; l < N; l++)
        for (i = 0; i < N - l; i++) {
            m[i][i + l] = 1e300;
            for (k = i; k < i + l; k++)
                m[i][i + l] = MIN(m[i][i + l], m[i][k] + m[k + 1][i + l] + p[i] * p[k + 1] * p[i + l + 1]);
        }
#pragma endscop
}
