//! Explanations: why something was decided, what would change it, and how that is shown.
#![cfg(feature = "cli")]

mod acted_on;
mod advice;
mod carried_out;
mod columns;
mod companions;
mod compared;
mod doubts;
mod given;
mod governing;
mod html;
mod keys;
mod mismatches;
#[path = "../outside/mod.rs"]
mod outside;
mod pasted;
mod public_access;
mod recognised;
mod regions;
mod remedies_done;
mod remedy;
mod remedy_actor;
mod remedy_also;
mod remedy_choice;
mod remedy_claims;
mod remedy_decider;
mod remedy_joined;
mod remedy_laws;
mod remedy_lists;
mod remedy_narrow;
mod remedy_near;
mod remedy_opens;
mod remedy_order;
mod remedy_request;
mod remedy_short;
mod remedy_slips;
mod remedy_who;
mod report;
mod rightly;
mod sentences;
mod stories;
mod strangers;
mod unknown;
mod warnings;
mod what_works;
mod when;
