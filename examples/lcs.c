/* Longest common subsequence of a and b: L[i][j] is its length for the first i and j characters. */

#define MAX(x, y) ((x) > (y) ? (x) : (y))

void lcs(int N, int M, int a[N], int b[M], int L[N + 1][M + 1])
{
    int i, j;

#pragma scop
    for (i = 0; i <= N; i++)
        L[i][0] = 0;
    for (j = 1; j <= M; j++)
        L[0][j] = 0;
    for (i = 1; i <= N; i++)
        for (j = 1; j <= M; j++)
            L[i][j] = a[i - 1] == b[j - 1] ? L[i - 1][j - 1] + 1 : MAX(L[i - 1][j], L[i][j - 1]);
#pragma endscop
}
