/* General matrix product: C = alpha * A * B + beta * C. */
// preset MINI: NI=20 NJ=25 NK=30
// preset SMALL: NI=60 NJ=70 NK=80
// preset MEDIUM: NI=200 NJ=220 NK=240
// preset LARGE: NI=1000 NJ=1100 NK=1200
// preset EXTRALARGE: NI=2000 NJ=2300 NK=2600

void kernel_gemm(int NI, int NJ, int NK, double alpha, double beta, double C[NI][NJ], double A[NI][NK],
                 double B[NK][NJ])
{
    int i, j, k;

#pragma scop
    for (i = 0; i < NI; i++) {
        for (j = 0; j < NJ; j++)
            C[i][j] *= beta;
        for (k = 0; k < NK; k++)
            for (j = 0; j < NJ; j++)
                C[i][j] += alpha * A[i][k] * B[k][j];
    }
#pragma endscop
}
