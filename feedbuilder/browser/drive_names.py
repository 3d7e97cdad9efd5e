"""How the process that drives the browser is called and where it writes; nothing of Playwright is loaded for this."""

DRIVER = "feedbuilder.browser.drive_browser"
"""The module that it runs."""
FOLDER = "feedbuilder-browser-"
"""How its folder is named, in which all that it writes stands."""
