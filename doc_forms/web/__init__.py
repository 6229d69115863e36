"""The window: pages over the desk and the office, served to this user's own window or browser only."""
