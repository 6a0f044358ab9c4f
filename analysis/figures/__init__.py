"""Charts, each built once from a result object: `Chart` holds the drawing, its words and its data.

`radar`         the profiles over each other
`dumbbell`      the gap on each dimension
`distribution`  where the pair stands among all pairs
`overlap`       how much two populations have in common
"""
