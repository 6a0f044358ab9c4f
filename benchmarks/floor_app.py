"""The floor: the least that a page with two pickers and a chart can be."""

import plotly.graph_objects as go
import streamlit as st

CODES = ["NLD", "CHN", "USA", "JPN", "DEU", "BRA", "FRA", "IND", "SWE", "MEX"]

first = st.selectbox("Our side", CODES, index=0)
second = st.selectbox("Their side", CODES, index=1)
st.plotly_chart(go.Figure(layout={"title": {"text": f"{first} and {second}"}}), key="floor")
