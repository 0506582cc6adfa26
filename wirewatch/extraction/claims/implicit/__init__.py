"""People counted without a number: "a soldier was killed", "shot dead the mayor and his driver".

``find`` goes through the words of harm. ``subjects``: "a soldier was killed". ``objects``: "killed
a soldier". ``ending`` reads the noun phrase before the verb, ``determined`` one from its determiner
on; ``passives`` and ``headline`` tell what befell somebody from what somebody did. ``nobody``: "the
seat was held", which counts none. ``implied`` is what all of them hand on.
"""
