"""Deeds that the words take for granted: they have happened, whatever the mood around them.

``former``: "the hostages", "an earlier offensive". ``known``: "connected to the shooting".
``called``: "reports of a shooting". ``presupposed``: "the aftermath of an attack".
``factuality/status.py`` asks each in its turn; what denies or plans a deed may come between.
"""
