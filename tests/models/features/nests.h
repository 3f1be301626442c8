// Small nests that several readers of features look at.
#pragma once

#include "tests/support/named_programs.h"

namespace polyloom::test {

inline ScopPtr matrixProduct() {
  return program("int N, double A[N][N], double B[N][N], double C[N][N]",
                 "for (int i = 0; i < N; i++) for (int j = 0; j < N; j++) for (int k = 0; k < N; k++) "
                 "C[i][j] += A[i][k] * B[k][j];\n");
}

/// In place, its rows carried by t and i.
inline ScopPtr sweep() {
  return program("int N, int T, double A[N][N]",
                 "for (int t = 0; t < T; t++) for (int i = 1; i < N - 1; i++) for (int j = 1; j < N - 1; j++) "
                 "A[i][j] = A[i-1][j] + A[i+1][j];\n");
}

} // namespace polyloom::test
