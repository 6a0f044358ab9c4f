"""The entry script: the pages of `pages/shared/frame.py`, and nothing else."""

from pages.shared.frame import run_page

run_page()
