"""What every page needs: the frame, the inputs, the state behind them, and how things are shown."""
