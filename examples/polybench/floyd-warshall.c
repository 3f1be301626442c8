/* Shortest paths between all pairs of N nodes, by allowing one more node on the way in each sweep. */
// preset MINI: N=60
// preset SMALL: N=180
// preset MEDIUM: N=500
// preset LARGE: N=2800
// preset EXTRALARGE: N=5600

void kernel_floyd_warshall(int N, int path[N][N])
{
    int i, j, k;

#pragma scop
    for (k = 0; k < N; k++)
        for (i = 0; i < N; i++)
            for (j = 0; j < N; j++)
                path[i][j] = path[i][j] < path[i][k] + path[k][j] ? path[i][j] : path[i][k] + path[k][j];
#pragma endscop
}
