"""Words that say nothing about a class. Words of negation are not among them: they do."""

from __future__ import annotations

_ENGLISH = """
a about above after again all also am an and any are as at be because been before being below
between both but by can could did do does doing down during each else ever few for from further
get got had has have having he her here hers herself him himself his how i if in into is it its
itself just ll m may me might more most much must my myself of off on once one only or other our
ours ourselves out over own per re s same shall she should so some such t than that the their
theirs them themselves then there these they this those through to too two under until up upon
us ve very was we were what when where which while who whom whose why will with would you your
yours yourself yourselves
"""
ENGLISH = frozenset(_ENGLISH.split())
CHINESE = frozenset(  # characters that a phrase neither begins nor ends with
    "的了是在我有和就人都一个上也到说要去你会着看自己这那他她它们与及或而且被把从对为以于之其此"
    "所等但还又让给向呢吗吧啊呀哦嗯么地得很只才能可将并已最更里下中"
)
