"""The banners of the usual consent managers, by the buttons that refuse. Data alone.

Nothing is ever agreed to: where a banner has no such button it stays, and covers a page whose list we read all the
same. Whoever has to agree in order to see a list says so, by `dismiss` of the source.
"""

from __future__ import annotations

REFUSE = (
    "#onetrust-reject-all-handler",
    ".ot-pc-refuse-all-handler",
    "#CybotCookiebotDialogBodyButtonDecline",
    "#CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll",
    "#didomi-notice-disagree-button",
    ".didomi-continue-without-agreeing",
    "[data-testid='uc-deny-all-button']",  # Usercentrics, in a shadow root
    ".cky-btn-reject",  # CookieYes
    ".cmplz-deny",  # Complianz
    ".osano-cm-denyAll",
    ".iubenda-cs-reject-btn",
    "[data-tid='banner-decline']",  # Termly
    "[data-cookiefirst-action='reject']",
    "#tarteaucitronAllDenied2",
    "#axeptio_btn_dismiss",
    ".klaro .cn-decline",
    ".klaro .cm-btn-decline",
    "#ccc-reject-settings",  # Civic
    "#ccc-notify-reject",
    ".fc-cta-do-not-consent",  # Google's Funding Choices
    ".cmpboxbtnno",  # consentmanager
    "#cookiescript_reject",
    "#cn-refuse-cookie",  # Cookie Notice of WordPress
    ".moove-gdpr-infobar-reject-btn",
    "#hs-eu-decline-button",  # HubSpot
    ".cm__btn[data-role='necessary']",  # CookieConsent by Orest Bida
    ".cc-window .cc-deny",  # Cookie Consent by Osano (Insites)
    "#_evidon-decline-button",
    "button.sp_choice_type_13",  # Sourcepoint, in a frame
    "[data-cookie-refuse]",  # Borlabs
)
"""Buttons that refuse whatever may be refused; the first that is visible is clicked."""

SETTINGS = (
    "#onetrust-pc-btn-handler",
    "#CybotCookiebotDialogBodyLevelButtonCustomize",
    "#didomi-notice-learn-more-button",
    "button.sp_choice_type_12",
)
"""Buttons behind which one of those stands, where it does not stand in front."""

MOST_FRAMES = 8
"""In how many frames of a page they are looked for."""
