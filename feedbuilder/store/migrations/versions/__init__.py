"""One module per version. A published one is never edited: it says what was, not what `schema` says today."""
