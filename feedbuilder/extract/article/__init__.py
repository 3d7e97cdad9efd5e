"""Article pages: what one says about its article. Pure: no network, no clock, no store."""
