/* Nussinov's RNA folding: table[i][j] is the largest number of base pairs between positions i and j. */
// preset MINI: N=60
// preset SMALL: N=180
// preset MEDIUM: N=500
// preset LARGE: N=2500
// preset EXTRALARGE: N=5500

#define MAX(x, y) ((x) >= (y) ? (x) : (y))
#define PAIRS(x, y) ((x) + (y) == 3 ? 1 : 0)

void kernel_nussinov(int N, char seq[N], int table[N][N])
{
    int i, j, k;

#pragma scop
    for (i = N - 1; i >= 0; i--)
        for (j = i + 1; j < N; j++) {
            if (j - 1 >= 0)
                table[i][j] = MAX(table[i][j], table[i][j - 1]);
            if (i + 1 < N)
                table[i][j] = MAX(table[i][j], table[i + 1][j]);
            if (j - 1 >= 0 && i + 1 < N) {
                if (i < j - 1)
                    table[i][j] = MAX(table[i][j], table[i + 1][j - 1] + PAIRS(seq[i], seq[j]));
                else
                    table[i][j] = MAX(table[i][j], table[i + 1][j - 1]);
            }
            for (k = i + 1; k < j; k++)
                table[i][j] = MAX(table[i][j], table[i][k] + table[k + 1][j]);
        }
#pragma endscop
}
