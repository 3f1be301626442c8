/* Every row of a three-dimensional array times a matrix: A[r][q][:] = A[r][q][:] * C4. */
// preset MINI: NQ=8 NR=10 NP=12
// preset SMALL: NQ=20 NR=25 NP=30
// preset MEDIUM: NQ=40 NR=50 NP=60
// preset LARGE: NQ=140 NR=150 NP=160
// preset EXTRALARGE: NQ=220 NR=250 NP=270

void kernel_doitgen(int NR, int NQ, int NP, double A[NR][NQ][NP], double C4[NP][NP], double sum[NP])
{
    int r, q, p, s;

#pragma scop
    for (r = 0; r < NR; r++)
        for (q = 0; q < NQ; q++) {
            for (p = 0; p < NP; p++) {
                sum[p] = 0.0;
                for (s = 0; s < NP; s++)
                    sum[p] += A[r][q][s] * C4[s][p];
            }
            for (p = 0; p < NP; p++)
                A[r][q][p] = sum[p];
        }
#pragma endscop
}
