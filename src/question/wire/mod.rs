//! A question, its context and its policies as JSON: read without copying, and written.

mod policies;
mod read;
mod write;

pub(crate) use read::read_id;
pub use read::{
    WireRequest, assumes_root, owned_context, principal_named, read_context, read_principal, read_request,
    read_request_of,
};
pub use write::{Id, WirePrincipal, WireQuestion, WireValue};
