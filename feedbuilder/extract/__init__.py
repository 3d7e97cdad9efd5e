"""Page -> Items."""
