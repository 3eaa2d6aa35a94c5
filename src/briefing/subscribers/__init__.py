"""csv and forms → subscriber: reading and writing lists, checking addresses, signing links.

Names are imported from their own modules: who signs links needs none of what reads lists.
"""
