"""Any table of people or scores to teams, or to faults that a person can mend.

`upload`    a file or pasted text to a `Grid` of cells: format, encoding, delimiter, sheet, limits
`team_file` a grid to a `Reading`: teams from the good rows, a `Fault` for each bad cell
`rejected`  the rows that were left out, with the reason, as CSV
`templates` how each kind is written, empty and as an example
`limits`    how much is read at most, with reasons
"""

from analysis.teams.reading.decoding import ENCODINGS
from analysis.teams.reading.fault import Fault, RejectedRow
from analysis.teams.reading.fault_groups import fault_sentences
from analysis.teams.reading.grid import Cell, Grid
from analysis.teams.reading.members import NameChoice
from analysis.teams.reading.rejected import rejected_csv
from analysis.teams.reading.team_file import Reading, content_id, read_team
from analysis.teams.reading.templates import template
from analysis.teams.reading.upload import read_grid, read_pasted

__all__ = [
    "ENCODINGS",
    "Cell",
    "Fault",
    "Grid",
    "NameChoice",
    "Reading",
    "RejectedRow",
    "content_id",
    "fault_sentences",
    "read_grid",
    "read_pasted",
    "read_team",
    "rejected_csv",
    "template",
]
