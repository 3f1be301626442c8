/* Two matrix products in a row: D = alpha * A * B * C + beta * D. */
// preset MINI: NI=16 NJ=18 NK=22 NL=24
// preset SMALL: NI=40 NJ=50 NK=70 NL=80
// preset MEDIUM: NI=180 NJ=190 NK=210 NL=220
// preset LARGE: NI=800 NJ=900 NK=1100 NL=1200
// preset EXTRALARGE: NI=1600 NJ=1800 NK=2200 NL=2400

void kernel_2mm(int NI, int NJ, int NK, int NL, double alpha, double beta, double tmp[NI][NJ], double A[NI][NK],
                double B[NK][NJ], double C[NJ][NL], double D[NI][NL])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < NI; i++)
        for (j = 0; j < NJ; j++) {
            tmp[i][j] = 0.0;
            for (k = 0; k < NK; ++k)
                tmp[i][j] += alpha * A[i][k] * B[k][j];
        }
    for (i = 0; i < NI; i++)
        for (j = 0; j < NL; j++) {
            D[i][j] *= beta;
            for (k = 0; k < NJ; ++k)
                D[i][j] += tmp[i][k] * C[k][j];
        }
#pragma endscop
}
