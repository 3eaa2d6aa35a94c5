"""How a confined process and the one that asks it tell their messages apart; both ends import this."""

import struct

#: Before every message: its length in bytes.
LENGTH = struct.Struct(">Q")
