"""The house style: layouts, components and the few scripts that every door shares.

Readers: the doors (`web/*`), which load `{% load ui %}` and extend one of the layouts, `ui/staff.html` and its sisters.
Must not know: any room. A component receives plain values; it fetches nothing and decides no right.
How to use each component, with an example: README.md, beside this file.
"""
