//! Figures that contradict each other or cannot be: a rule a file.
