"""email + subscriber → letter → delivery.

Names are imported from their own modules: a process that signs letters needs none of what posts them.
"""
