"""The broken files: the bytes of each, by a name that says what is wrong with it.

Each stands under the sentence that refuses it in `test_broken`, or under the faults it gives.
"""

import gzip

from tests.teams.reading.build import (
    MEMBERS,
    QUESTIONS,
    SCORES,
    answers,
    compound,
    csv_text,
    far_xls,
    laughs,
    locked_xls,
    lying_zip,
    ods,
    ods_cell,
    packed,
    picture,
    raw_xlsx,
    row_xml,
    with_cells,
    with_flag,
    xls,
    xlsx,
)

GOOD = xlsx(SCORES)
GOOD_PARTS = {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "<x/>" + " " * 999}


def text(rows, **options):
    return csv_text(rows, **options).encode()


def changed(rows, **cells):
    return text(with_cells(rows, **cells))


REFUSED = {
    # nothing there
    "empty.csv": b"",
    "blank_lines.csv": b"\n\n \n",
    "only_commas.csv": b",,,\n,,,\n",
    "only_a_mark.csv": b"\xef\xbb\xbf",
    "no_cell.xlsx": xlsx([]),
    "no_cell.xls": xls([]),
    "no_cell.ods": ods([]),
    "hidden.xlsx": xlsx([], sheets=[("Secret", SCORES)], hidden=["Secret"]),
    # not what the name says
    "picture.xlsx": picture(),
    "photo.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "page.xls": b"<html><body><table><tr><td>Team</td></tr></table></body></html>",
    "office_2003.xls": b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>',
    "print.pdf": b"%PDF-1.7\n%\xe2\xe3",
    "letter.rtf": b"{\\rtf1 PDI}",
    "letter.docx": packed({"word/document.xml": "<w/>"}),
    "talk.pptx": packed({"ppt/presentation.xml": "<p/>"}),
    "letter.doc": compound("WordDocument"),
    "binary.xlsb": packed({"xl/workbook.bin": "x"}),
    "text.odt": packed({"mimetype": "application/vnd.oasis.opendocument.text"}),
    "sheet.numbers": packed({"Index/Document.iwa": "x"}),
    "team.csv.gz": gzip.compress(text(SCORES), mtime=0),
    "team.zip": packed({"team.csv": csv_text(SCORES)}),
    "team.parquet": b"PAR1" + b"\0" * 40,
    "team.db": b"SQLite format 3\0" + b"\0" * 40,
    "noise.csv": bytes(range(256)) * 4,
    # damaged
    "half.xlsx": GOOD[: len(GOOD) // 2],
    "no_directory.xlsx": b"PK\x03\x04" + b"\0" * 60,
    "checksum.xlsx": GOOD.replace(b"PK\x03\x04", b"PK\x03\x04", 1)[:60] + b"\xff" * 8 + GOOD[68:],
    "half.xls": xls(SCORES)[:1000],
    "other_compound.xls": compound("Elsewhere"),
    "bad_xml.xlsx": raw_xlsx("</row>"),
    "cut_xml.ods": ods(table="<table:table-row></taext:p></table:table-cell>"),
    "no_xml.ods": packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "odd_utf16.csv": b"\xff\xfe" + csv_text(SCORES).encode("utf-16-le") + b"x",
    "open_quote.csv": b'Name,Culture\n"Anna,NLD\nBob,DEU\n',
    # locked
    "locked.xls": locked_xls(),
    "locked.ods": ods(SCORES, encrypted=True),
    "locked.zip.xlsx": with_flag(GOOD),
    "locked.xlsx": compound("EncryptedPackage"),
    # made to harm
    "zip_bomb.xlsx": packed({"xl/workbook.xml": "<w/>", "xl/a.xml": b" " * (60 * 1024 * 1024)}),
    "dense_bomb.xlsx": packed({"xl/workbook.xml": "<w/>", "xl/a.xml": b" " * (20 * 1024 * 1024)}),
    "lying_bomb.xlsx": lying_zip(GOOD_PARTS, "xl/worksheets/sheet1.xml", 10),
    "parts.xlsx": packed({f"xl/{n}.xml": "" for n in range(1500)}),
    "laughs.xlsx": raw_xlsx(row_xml(1, ["&e9;"]), before=laughs()),
    "laughs_utf16.xlsx": raw_xlsx(
        "", more={"xl/sharedStrings.xml": f"\ufeff{laughs()}<sst>&e9;</sst>".encode("utf-16-le")}
    ),
    "laughs.ods": ods([["&e9;"]], before=laughs()),
    "outside.xlsx": raw_xlsx("", before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
    "far_corners.xlsx": raw_xlsx(row_xml(1, ["Team"]) + '<row r="1048576"><c r="XFD1048576">'
                                 "<v>1</v></c></row>"),
    "far_corners.xls": far_xls(),
    "repeated_rows.ods": ods(table='<table:table-row table:number-rows-repeated="99999999">'
                             f"{ods_cell(1) * 20}</table:table-row>"),
    "repeated_columns.ods": ods(table="<table:table-row><table:table-cell"
                                ' table:number-columns-repeated="16000" office:value-type="float"'
                                ' office:value="1"/></table:table-row>' * 2000),
    "wide.csv": b",".join(b"c%d" % n for n in range(300)) + b"\n",
    "wide.xlsx": xlsx([[f"c{n}" for n in range(300)], list(range(300))]),
    "long_line.csv": b"Name,Culture\n" + b"," * 200_000,
    "commas.csv": (b"," * 99_999 + b"\n") * 50,
    "commas_after_a_word.csv": (b"a" + b"," * 99_998 + b"\n") * 50,
    "blank_lines_only.csv": b"\n" * 5_000_000,
    "long.csv": b"Culture\n" + b"NLD\n" * 100_001,
    "large.csv": b"x" * (5 * 1024 * 1024 + 1),
    # a table, but not of a team
    "prose.csv": b"Dear all,\nplease find the team below.\n",
    "no_header.csv": b"Buyers,42,71,35,55,48,60\n",
    "header_only.csv": csv_text(SCORES[:1]).encode(),
    "two_pdi.csv": b"Team,PDI,Power distance\nA,1,2\n",
    "two_cultures.csv": b"Name,Culture,Nationality\nA,NLD,CHN\n",
    "three_questions.csv": b"q01,q02,q03\n1,2,3\n",
    "two_anchors.csv": changed([["Sample", *QUESTIONS], *([s, *r] for s, r in zip(
        ("team", "NLD", "DEU"), answers()[1:], strict=True))]),
    "anchor_alone.csv": changed([["Sample", *QUESTIONS], *(["NLD", *r] for r in answers()[1:])]),
    "many_teams.csv": b"Team,PDI\n" + b"".join(b"T%d,5\n" % n for n in range(201)),
}  # fmt: skip

FAULTY = {
    "score_above.csv": changed(SCORES, B2=121),
    "score_below.csv": changed(SCORES, C3=-1),
    "score_words.csv": changed(SCORES, D2="high"),
    "score_two_commas.csv": changed(SCORES, D2="1,2,3"),
    "score_footnote.csv": changed(SCORES, B2="38²"),
    "score_date.csv": changed(SCORES, B3="2026-01-05"),
    "score_error.csv": changed(SCORES, B3="#REF!"),
    "no_score.csv": text([*SCORES, ["Empty", "", "", "", "", "", "", 5]]),
    "size_half.csv": changed(SCORES, H2=12.5),
    "size_zero.csv": changed(SCORES, H2=0),
    "spread.csv": b"Team,PDI,PDI SD\nA,40,90\nB,40,20\n",
    "name_long.csv": changed(SCORES, A2="x" * 61),
    "three_at_once.csv": changed(SCORES, B2="?", C2=999, H2=-3),
    "extra_cell.csv": b"Name;Culture\nA;NLD;CHN\nB;NLD\n",
    "unknown_country.csv": changed(MEMBERS, B2="Elbonia"),
    "misspelt_country.csv": changed(MEMBERS, B2="Netherlnads"),
    "adjective.csv": changed(MEMBERS, B2="Dutch"),
    "no_country.csv": changed(MEMBERS, B3=""),
    "shares_below.csv": changed(MEMBERS, B2="NLD:0.5;CHN:0.3"),
    "shares_percent.csv": changed(MEMBERS, B2="NLD 50%; CHN 60%"),
    "shares_mixed.csv": changed(MEMBERS, B2="NLD:0.5;CHN"),
    "share_zero.csv": changed(MEMBERS, B2="NLD:1;CHN:0"),
    "share_alone.csv": changed(MEMBERS, B2="NLD:0.5"),
    "culture_twice.csv": changed(MEMBERS, B2="NLD;Holland"),
    "many_cultures.csv": changed(MEMBERS, B2="NLD;CHN;DEU;FRA;ITA;ESP;GBR;USA;JPN;BRA;IND"),
    "weight_blank.csv": changed(MEMBERS, C2=""),
    "weight_zero.csv": changed(MEMBERS, C2=0),
    "weight_words.csv": changed(MEMBERS, C2="heavy"),
    "team_blank.csv": b"Team,Name,Culture\nNorth,A,NLD\n,B,CHN\n",
    "answer_six.csv": changed(answers(), C2=6),
    "answer_half.csv": changed(answers(), C2=2.5),
    "answer_words.csv": changed(answers(), C2="very important"),
    "answer_two.csv": changed(answers(), C2="2;3"),
    "no_answer.csv": text([[*QUESTIONS, "Unit"], *([*r, "A"] for r in answers()[1:]),
                           [""] * 24 + ["B"]]),
    "all_coded.csv": text([*answers(), [9] * 24]),
    "sample_misspelt.csv": text([["Sample", *QUESTIONS], *([s, *r] for s, r in zip(
        ("team", "NLD", "Holand"), answers()[1:], strict=True))]),
}  # fmt: skip
