"""A person's own edition of a framework's scores, from a table to a framework of its own.

`edition`   an edition as one frozen value
`reading`   a grid of cells to an edition, with every fault named
`framework` editions as frameworks beside those that ship, each with a reference set of its own
`record`    an edition as a file holds it, and what it must fulfil
"""

from analysis.editions.edition import EDITION_PREFIX, Edition, edition_id
from analysis.editions.framework import own_framework, with_editions
from analysis.editions.reading import EditionReading, edition_template, left_out_csv, read_edition

__all__ = [
    "EDITION_PREFIX",
    "Edition",
    "EditionReading",
    "edition_id",
    "edition_template",
    "left_out_csv",
    "own_framework",
    "read_edition",
    "with_editions",
]
