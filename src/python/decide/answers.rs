//! The columns of answers.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{ArrowError, SchemaRef};

use crate::batch::LineError;
use crate::explain::Verdict;

/// What decided.
#[derive(Default)]
pub(super) struct Why {
    /// The layer, or the gate.
    pub(super) layer: &'static str,
    pub(super) policy: Option<String>,
    /// The Sid of the statement, or its number.
    pub(super) statement: Option<String>,
}

/// The answers to some rows.
pub(super) struct RowAnswers {
    decisions: Vec<Option<Verdict>>,
    /// Those that could not be asked, by the number of the answer.
    errors: Vec<(usize, LineError)>,
    why: Option<Vec<Option<Why>>>,
}

impl RowAnswers {
    pub(super) fn for_rows(count: usize, because: bool) -> Self {
        let why = because.then(|| Vec::with_capacity(count));
        Self { decisions: Vec::with_capacity(count), errors: Vec::new(), why }
    }

    pub(super) fn push(&mut self, answer: Result<(Verdict, Option<Why>), LineError>) {
        let (decision, why) = match answer {
            Ok((verdict, why)) => (Some(verdict), why),
            Err(error) => {
                self.errors.push((self.decisions.len(), error));
                (None, None)
            }
        };
        self.decisions.push(decision);
        if let Some(all) = &mut self.why {
            all.push(why);
        }
    }
}

/// The answers to a table, in parts that follow each other.
pub(super) struct AnswerTable {
    pub(super) id: Option<ArrayRef>,
    pub(super) parts: Vec<RowAnswers>,
}

impl AnswerTable {
    /// The table of answers.
    pub(super) fn batch(self, schema: SchemaRef, rows: usize) -> Result<RecordBatch, ArrowError> {
        let decisions = self.parts.iter().flat_map(|part| &part.decisions);
        let decisions: StringArray = decisions.map(|verdict| verdict.map(Verdict::as_str)).collect();
        let mut columns: Vec<ArrayRef> = self.id.clone().into_iter().collect();
        columns.extend([Arc::new(decisions) as ArrayRef, Arc::new(self.errors(rows))]);
        if self.parts.iter().all(|part| part.why.is_some()) {
            columns.push(self.why(|why| Some(why.layer).filter(|layer| !layer.is_empty())));
            columns.push(self.why(|why| why.policy.as_deref()));
            columns.push(self.why(|why| why.statement.as_deref()));
        }
        RecordBatch::try_new(schema, columns)
    }

    fn errors(&self, rows: usize) -> StringArray {
        if self.parts.iter().all(|part| part.errors.is_empty()) {
            return StringArray::new_null(rows);
        }
        let mut column = StringBuilder::new();
        for part in &self.parts {
            let mut errors = part.errors.iter().peekable();
            for number in 0..part.decisions.len() {
                let own = errors.next_if(|(at, _)| *at == number);
                column.append_option(own.map(|(_, error)| format!("{}: {}", error.code, error.message)));
            }
        }
        column.finish()
    }

    fn why<'w>(&'w self, part: impl Fn(&'w Why) -> Option<&'w str>) -> ArrayRef {
        let all = self.parts.iter().filter_map(|part| part.why.as_ref()).flatten();
        Arc::new(all.map(|why| why.as_ref().and_then(&part)).collect::<StringArray>())
    }
}
