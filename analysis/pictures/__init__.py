"""The charts as pictures, PNG and SVG, drawn with Matplotlib without a browser.

`radar`         the profiles over each other
`gaps`          the gap on each dimension
`distribution`  where the pair stands among all pairs
`overlap`       how much two populations have in common
`roadmap`       the stages of a deal
`render`        a picture in, bytes out
"""
