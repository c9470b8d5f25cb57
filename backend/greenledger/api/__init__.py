"""The gateway: one router per noun over HTTP."""
