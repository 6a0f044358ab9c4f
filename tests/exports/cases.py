"""The deal that most export tests take."""

from analysis.deal import Deal

DEAL = Deal(
    kind="supply", subject="Aluminium frames", they_hold=("molds",), first_order=25_000.0,
    total=5e6, hard_phase=True, initiative="passive",
)  # fmt: skip
