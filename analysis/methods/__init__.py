"""How every number is made, in formulas, words and live examples: what the Methods page shows.

`items`                  the ids of what the page explains, so that anything can link to it
`catalogue`              every item of the page
`formulas`               what there is besides the distances, with source and standing; those of
                         teams in `team_formulas`, those of the atlas in `atlas_formulas`
`symbols`                what the letters in a formula stand for
`measures`, `pair`, `topic`, `fixed`  the examples, worked step by step in plain arithmetic
`data_sets`              terms and hash of what is loaded, and what changed when
`citation`, `bibtex`     how to cite Parley, one number, a source

Nothing here repeats a number: all are read from the registry, the knowledge and the tables.
"""
