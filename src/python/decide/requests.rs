//! The columns of a table of requests.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};

use super::context::ContextColumn;
use super::texts::Texts;
use crate::source::{Diagnostic, nearest};

/// The columns that say something of a request, beside its `id`; others are passed over.
const COLUMNS: [&str; 5] = ["principal", "action", "resource", "resource_account", "context"];

/// Requests in columns.
pub(super) struct RequestTable {
    pub(super) rows: usize,
    /// Given back as it is.
    pub(super) id: Option<ArrayRef>,
    pub(super) principal: Texts,
    pub(super) action: Texts,
    pub(super) resource: Option<Texts>,
    pub(super) resource_account: Option<Texts>,
    pub(super) context: ContextColumn,
}

impl RequestTable {
    /// The requests of a batch.
    pub(super) fn of(batch: &RecordBatch) -> Result<Self, Diagnostic> {
        check(batch.schema_ref())?;
        let texts = |name: &str| batch.column_by_name(name).map(|column| Texts::of(column, name)).transpose();
        let needed = |name: &'static str| texts(name)?.ok_or_else(|| missing(name));
        let context = batch.column_by_name("context").map(ContextColumn::of).transpose()?;
        Ok(Self {
            rows: batch.num_rows(),
            id: batch.column_by_name("id").cloned(),
            principal: needed("principal")?,
            action: needed("action")?,
            resource: texts("resource")?,
            resource_account: texts("resource_account")?,
            context: context.unwrap_or(ContextColumn::None),
        })
    }
}

/// Refuses a table without requests, and one whose columns are probably misspelt.
fn check(schema: &Schema) -> Result<(), Diagnostic> {
    let is_there = |name: &str| schema.fields().iter().any(|field| field.name() == name);
    for field in schema.fields() {
        let name = field.name();
        let meant = nearest(&name.to_ascii_lowercase(), COLUMNS);
        if let Some(meant) = meant.filter(|meant| meant != name && !is_there(meant)) {
            let what = format!("the column `{name}` says nothing of a request");
            return Err(Diagnostic::error("unknown-column", what).help(format!("did you mean `{meant}`?")));
        }
    }
    ["principal", "action"]
        .into_iter()
        .try_for_each(|name| is_there(name).then_some(()).ok_or_else(|| missing(name)))
}

fn missing(name: &str) -> Diagnostic {
    let what = format!("there is no column `{name}`");
    let help = "a table of requests has the columns principal and action, and may have id, resource, resource_account and context";
    Diagnostic::error("missing-column", what).help(help)
}

/// What the answers to requests of a schema look like.
pub(super) fn answers_of(schema: &Schema, because: bool) -> Schema {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let id = schema.fields().iter().find(|field| field.name() == "id").map(|field| (**field).clone());
    let why = ["layer", "policy", "statement"].map(text).into_iter().filter(|_| because);
    Schema::new(id.into_iter().chain(["decision", "error"].map(text)).chain(why).collect::<Vec<_>>())
}
