/* Finite differences in the time domain: the electric field (ex, ey) and the magnetic field hz in turn. */
// preset MINI: TMAX=20 NX=20 NY=30
// preset SMALL: TMAX=40 NX=60 NY=80
// preset MEDIUM: TMAX=100 NX=200 NY=240
// preset LARGE: TMAX=500 NX=1000 NY=1200
// preset EXTRALARGE: TMAX=1000 NX=2000 NY=2600

void kernel_fdtd_2d(int TMAX, int NX, int NY, double ex[NX][NY], double ey[NX][NY], double hz[NX][NY],
                    double _fict_[TMAX])
{
    int t, i, j;

#pragma scop
    for (t = 0; t < TMAX; t++) {
        for (j = 0; j < NY; j++)
            ey[0][j] = _fict_[t];
        for (i = 1; i < NX; i++)
            for (j = 0; j < NY; j++)
                ey[i][j] = ey[i][j] - 0.5 * (hz[i][j] - hz[i - 1][j]);
        for (i = 0; i < NX; i++)
            for (j = 1; j < NY; j++)
                ex[i][j] = ex[i][j] - 0.5 * (hz[i][j] - hz[i][j - 1]);
        for (i = 0; i < NX - 1; i++)
            for (j = 0; j < NY - 1; j++)
                hz[i][j] = hz[i][j] - 0.7 * (ex[i][j + 1] - ex[i][j] + ey[i + 1][j] - ey[i][j]);
    }
#pragma endscop
}
