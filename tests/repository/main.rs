//! The repository itself: that its parts stand where they say, and that its rules are cited.

mod architecture;
mod rules_cited;
