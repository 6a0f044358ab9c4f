"""Distance indices between score profiles, one a file, listed in `registry.MEASURES`.

Every function takes profiles `x` and `y` whose last axis is the dimension, so that one pair, a
whole matrix and thousands of simulated matrices go through the same lines. None of them accepts a
missing score: which dimensions a pair shares is settled before (see `analysis.comparison`).

`kogut_singh`              mean squared gap over variance
`konara_mohr`              its root, the default headline
`euclidean_standardised`   the root of the sum instead of the mean
`euclidean`                in raw points
`manhattan`                mean absolute gap in standard deviations
`mahalanobis`              allows for correlated dimensions
`mahalanobis_kogut_singh`  its square over K
`angle`                    between profiles seen as vectors
"""
