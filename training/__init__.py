"""What ranking and abstaining have learnt, made anew by one command."""
