"""The entry script: the list of pages and nothing else."""

import streamlit as st

st.navigation([st.Page("pages/compare.py", title="Compare", default=True)], position="hidden").run()
