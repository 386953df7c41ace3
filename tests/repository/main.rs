//! The repository itself: that its parts stand where they say, and that its rules are cited.

mod architecture;
mod circles;
mod rules_cited;
mod sources;
mod type_names;
