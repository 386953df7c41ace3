//! JSON and script text become trees; nom is used on this floor only.
//!
//! INVARIANT: nothing here knows what a policy or a command means, and no input can make it panic or recurse
//! deeper than [`json::MAX_DEPTH`].
//!
//! Read first: [`json::parse_json`].

pub mod json;
