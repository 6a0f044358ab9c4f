"""How much is read at most, each with its reason. A file beyond one is refused in a sentence."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

LARGEST_FILE = 5 * MEGABYTE
"""Bytes of an upload or of pasted text: 100,000 rows of 24 answers take 4.8 MB as CSV."""

MOST_ROWS = 100_000
"""Rows with something in them: far beyond any team, and still read in seconds."""

MOST_COLUMNS = 200
"""A full export of a questionnaire tool has about a hundred."""

MOST_CELLS = 2_600_000
"""100,000 rows of 24 answers, a weight and a subgroup."""

MOST_LINES = 1_000_000
"""Lines of a text, blank ones included: five million of these alone take a parser four seconds."""

LONGEST_LINE = 100_000
"""Characters of one line of text, looked at before parsing: a 10 MB line of commas takes a parser
minutes."""

LONGEST_CELL = 32_767
"""Characters in one cell: no spreadsheet program keeps more."""

LARGEST_UNPACKED = 50 * MEGABYTE
"""Bytes of a zip-based file once unpacked, ten times the upload: about 70,000 rows of answers.
Reading takes about a second for each 30 MB."""

HIGHEST_RATIO = 200
"""Unpacked to packed size of a file that unpacks to more than `LARGEST_FILE`: sheets of real
answers have 10 to 20, a measured zip bomb 400."""

MOST_PARTS = 1_000
"""Files inside a zip-based file: a workbook has a few dozen."""

MOST_SPAN = 5_000_000
"""Rows times columns between the first and the last cell of a sheet. The reader holds every cell of
that rectangle at 32 bytes, empty ones too, so two stray cells far apart cost as much as a full
sheet: 160 MB at most."""

MOST_CHARACTERS = 10_000_000
"""Characters in all cells of a sheet: one long text that many cells share is small in the file."""

MOST_SHEETS = 100
"""Sheets of a workbook that are looked at."""

LONGEST_SHEET_NAME = 100
"""Characters; spreadsheet programs allow 31, ODS sets no limit."""

READER_MEMORY = 256 * MEGABYTE
"""Address space of the process that reads workbooks: the fullest sheet allowed just fits, and what
fills it on purpose is refused the sooner."""

READER_SECONDS = 10
"""Time of that process; the fullest sheet allowed takes about two seconds."""

READERS_AT_ONCE = 2
"""Workbooks read at the same time, so that many uploads at once stay within memory."""

HEADER_WITHIN = 50
"""Rows, among those with something in them, in which the names of the columns are looked for."""

MOST_TEAMS = 200
"""Teams in one file: more would drown the pickers."""

MOST_CULTURES = 10
"""Cultures of one member."""

MOST_FAULTS = 10_000
"""Faults listed in full; after that only the first of each row."""

LONGEST_NAME = 60
"""Characters of a name of a team, member or subgroup: what still fits a title on every export."""

LONGEST_LIST = 500
"""Characters of the cultures of one member."""
