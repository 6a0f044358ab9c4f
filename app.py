"""The entry script: the pages of `pages/shared/frame.py`, and nothing else."""

from pages.shared.frame import navigate

navigate().run()
