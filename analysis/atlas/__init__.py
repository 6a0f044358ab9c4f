"""The atlas: all parties of a framework at once.

`distances`    the matrix of distances between all parties with every score in use
`culture_map`  that matrix drawn in two dimensions by metric multidimensional scaling
`clusters`     average-linkage clustering of the matrix itself
`neighbours`   the nearest and the farthest parties of one party, with intervals
`groups`       means, spreads and mean distances of groups of countries
`sentences`    each of these in plain words
"""
