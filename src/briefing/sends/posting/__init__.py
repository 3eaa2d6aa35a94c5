"""Letters leave: in turn, within limits, each intent committed first."""
