"""Distances for a table of pairs of any length, by the very functions of a single comparison.

There are only some twenty thousand distinct pairs of profiles. Their results are computed once, by
`analysis.matrix` and the friction model, and an engine joins them to the rows; no formula is
written a second time.

`request`     what is asked for: columns, settings, engine
`sources`, `delimited`, `workbooks`   the table of pairs that comes in
`columns`     which two columns name the parties
`names`       what each text in them means
`pair_table`  the results of all pairs of the parties that occur
`expression`  looking results up, in Ibis: one expression for every engine
`outcomes`    what became of the rows, and why one has no value
`engine`      what a job asks of an engine: `duckdb_engine`, `spark_engine`
`output`      files that appear only when all are whole; `report` the JSON, `workbook_writer` XLSX
`preview`     a first look
`job`         the whole of it, with progress and a way to stop
`survey`      answers of many respondents by group, on the same engines
"""
