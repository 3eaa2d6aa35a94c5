"""Labels of paid copy in HTML: lines that say nothing else, names of elements, and what readers do not see."""
