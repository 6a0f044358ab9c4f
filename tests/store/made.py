"""Teams, marks and workspaces for the store's tests."""

from dataclasses import replace

import sqlalchemy

from analysis.debrief import Mark
from analysis.link import View
from analysis.settings import default_settings
from analysis.tables import load_tables
from analysis.teams.team import Anchor, Culture, Member, Respondent, Team
from analysis.workspace import Workspace, write_workspace

MEMBERS = (
    Member("Anna 王", (Culture("NLD", 0.5), Culture("CHN", 0.5))),
    Member("=1+1 “B”", (Culture("BEL-FR", 1.0),), weight=2.5),
)
ANSWERS = (1, 2, None, 4, 5, *[3] * 19)


def team(number=1, **parts):
    base = Team(f"TEAM-{number:08d}", f"Team {number}", "members", members=MEMBERS)
    return replace(base, **parts)


def answering_team(number=1, people=3, **parts):
    rows = (Respondent(ANSWERS), *[Respondent((2,) * 24, 0.5, "sales")] * (people - 1))
    anchor = Anchor("NLD", rows[:2])
    return team(number, kind="answers", members=(), respondents=rows, anchor=anchor, **parts)


def scoring_team(number=1, **parts):
    own = {
        "kind": "scores", "members": (), "scores": (38.0, 80, None, 53.5, 67, 68),
        "spread": (10.0, None, 0.0, 5.25, 7, 8), "size": 12,
    }  # fmt: skip
    return team(number, **own | parts)


def mark(topic="trust", note="", outcome="seen"):
    return Mark(topic, outcome, note, 93.2, 0.82, "critical", "CHN")


def marks(*topics, **parts):
    return {topic: mark(topic, **parts) for topic in topics}


def workspace_file(a="NLD", b="CHN"):
    tables = load_tables()
    return write_workspace(tables, Workspace(View(a, b, (), default_settings(tables)), {}, {}))


def change_row(url, statement, **values):
    """Change a row behind the store's back."""
    engine = sqlalchemy.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        count = connection.execute(sqlalchemy.text(statement), values).rowcount
    engine.dispose()
    return count
