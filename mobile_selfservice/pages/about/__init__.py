"""What the portal is for, how to use it, and for whom it was made accessible."""

from mobile_selfservice.pages.about.page import accessibility, help_page

__all__ = ["accessibility", "help_page"]
