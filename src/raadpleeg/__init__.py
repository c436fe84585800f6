"""raadpleeg: cited answers about Dutch parliamentary papers, on your own machine."""
