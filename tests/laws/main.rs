//! Laws: what holds for every text, every world and every request, tried on many of them.

mod account_index;
mod action_patterns;
mod allocations;
mod bounds;
mod canonical;
mod changes;
mod decisions;
mod declarations;
mod declared;
mod evaluator;
mod fuzzing;
mod growth;
mod index;
mod listed;
mod many_values;
mod mutants;
mod no_allocation;
#[path = "../outside/mod.rs"]
mod outside;
mod pattern_questions;
mod reasoning;
mod reference;
mod search;
mod shared_map;
mod syntax;
mod targets;
mod text_sets;
mod tokens;
mod truth_tables;
mod uses;
mod who_can;
mod wildcards;
mod world_differences;
mod worlds;
