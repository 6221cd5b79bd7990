"""An employer asks: for somebody, in neutral words from a list; or for advice about nobody in particular.

No free text: what a third party could tell about somebody's life or health has no place to be written.
"""
