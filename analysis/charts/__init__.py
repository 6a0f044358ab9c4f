"""What each chart says and the numbers behind it, whatever draws it."""
