/* Three matrix products: E = A * B, F = C * D, G = E * F. */
// preset MINI: NI=16 NJ=18 NK=20 NL=22 NM=24
// preset SMALL: NI=40 NJ=50 NK=60 NL=70 NM=80
// preset MEDIUM: NI=180 NJ=190 NK=200 NL=210 NM=220
// preset LARGE: NI=800 NJ=900 NK=1000 NL=1100 NM=1200
// preset EXTRALARGE: NI=1600 NJ=1800 NK=2000 NL=2200 NM=2400

void kernel_3mm(int NI, int NJ, int NK, int NL, int NM, double E[NI][NJ], double A[NI][NK], double B[NK][NJ],
                double F[NJ][NL], double C[NJ][NM], double D[NM][NL], double G[NI][NL])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < NI; i++)
        for (j = 0; j < NJ; j++) {
            E[i][j] = 0.0;
            for (k = 0; k < NK; ++k)
                E[i][j] += A[i][k] * B[k][j];
        }
    for (i = 0; i < NJ; i++)
        for (j = 0; j < NL; j++) {
            F[i][j] = 0.0;
            for (k = 0; k < NM; ++k)
                F[i][j] += C[i][k] * D[k][j];
        }
    for (i = 0; i < NI; i++)
        for (j = 0; j < NL; j++) {
            G[i][j] = 0.0;
            for (k = 0; k < NJ; ++k)
                G[i][j] += E[i][k] * F[k][j];
        }
#pragma endscop
}
