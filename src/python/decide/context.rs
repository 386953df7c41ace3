//! The column of context keys: a struct, a map, or texts of JSON.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, MapArray, StructArray};
use arrow_schema::{DataType, Fields};

use super::texts::{Texts, no_texts};
use crate::batch::LineError;
use crate::question::wire::{owned_context, read_context};
use crate::source::{Diagnostic, Source};
use crate::syntax::json::parse_json;
use crate::world::{ContextEntry, ContextValue};

/// Context keys, row by row. A null is a key that is not given.
pub(super) enum ContextColumn {
    /// Every row has the same keys.
    Struct { rows: StructArray, fields: Vec<(String, KeyValues)> },
    /// A row has the keys that it names.
    Map(Box<MapColumn>),
    /// An object, as in a batch of JSON.
    Json(Texts),
    /// No row has any.
    None,
}

/// Keys and their values, as many in a row as it has.
pub(super) struct MapColumn {
    rows: MapArray,
    keys: Texts,
    values: KeyValues,
}

/// The values of keys: one each, or several.
pub(super) enum KeyValues {
    One(Texts),
    Many { lists: ArrayRef, offsets: Vec<usize>, texts: Texts },
}

const FORMS: &str = "a struct, a map<string, string>, a map<string, list<string>> or a string with JSON";

impl ContextColumn {
    pub(super) fn of(column: &ArrayRef) -> Result<Self, Diagnostic> {
        Ok(match column.data_type() {
            DataType::Struct(fields) => {
                let rows = column.as_struct().clone();
                check(fields)?;
                let named = fields.iter().zip(rows.columns());
                let fields = named
                    .map(|(field, values)| Ok((field.name().clone(), KeyValues::of(values, field.name())?)));
                Self::Struct { fields: fields.collect::<Result<_, Diagnostic>>()?, rows }
            }
            DataType::Map(..) => {
                let rows = column.as_map().clone();
                let keys = Texts::of(rows.keys(), "context")?;
                let values = KeyValues::of(rows.values(), "context")?;
                Self::Map(Box::new(MapColumn { rows, keys, values }))
            }
            DataType::Null => Self::None,
            other => Self::Json(Texts::of(column, "context").map_err(|_| no_texts("context", other, FORMS))?),
        })
    }

    /// Puts the keys of a row into `entries`, which is empty.
    pub(super) fn read<'c>(
        &'c self,
        row: usize,
        entries: &mut Vec<ContextEntry<'c>>,
    ) -> Result<(), LineError> {
        match self {
            Self::Struct { rows, fields } if rows.is_valid(row) => {
                let given = fields.iter().filter_map(|(name, values)| Some((&**name, values.get(row)?)));
                entries.extend(given.map(|(name, value)| (Cow::Borrowed(name), value)));
                Ok(())
            }
            Self::Map(map) => map.read(row, entries),
            Self::Json(texts) => texts.get(row).map_or(Ok(()), |text| read_json(text, entries)),
            _ => Ok(()),
        }
    }
}

impl MapColumn {
    fn read<'c>(&'c self, row: usize, entries: &mut Vec<ContextEntry<'c>>) -> Result<(), LineError> {
        let offsets = self.rows.value_offsets();
        let range = match self.rows.is_valid(row) {
            true => offsets[row] as usize..offsets[row + 1] as usize,
            false => 0..0,
        };
        for at in range {
            let (Some(key), Some(value)) = (self.keys.get(at), self.values.get(at)) else { continue };
            if entries.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
                return Err(twice(key).into());
            }
            entries.push((Cow::Borrowed(key), value));
        }
        Ok(())
    }
}

impl KeyValues {
    fn of(column: &ArrayRef, name: &str) -> Result<Self, Diagnostic> {
        let (offsets, texts) = match column.data_type() {
            DataType::List(_) => {
                let list = column.as_list::<i32>();
                (list.value_offsets().iter().map(|at| *at as usize).collect(), list.values())
            }
            DataType::LargeList(_) => {
                let list = column.as_list::<i64>();
                (list.value_offsets().iter().map(|at| *at as usize).collect(), list.values())
            }
            _ => return Ok(Self::One(Texts::of_values(column, name)?)),
        };
        Ok(Self::Many { offsets, texts: Texts::of_values(texts, name)?, lists: Arc::clone(column) })
    }

    fn get(&self, row: usize) -> Option<ContextValue<'_>> {
        match self {
            Self::One(texts) => texts.get(row).map(|text| ContextValue::One(Cow::Borrowed(text))),
            Self::Many { lists, offsets, texts } => {
                let range = lists.is_valid(row).then(|| offsets[row]..offsets[row + 1])?;
                Some(ContextValue::Many(range.filter_map(|at| texts.get(at)).map(Cow::Borrowed).collect()))
            }
        }
    }
}

/// The keys of an object of JSON.
fn read_json(text: &str, entries: &mut Vec<ContextEntry<'_>>) -> Result<(), LineError> {
    let parsed = parse_json(&Source::new("<context>", text));
    match (&parsed.value, parsed.diagnostics.first()) {
        (Some(tree), None) => {
            entries.extend(owned_context(read_context(tree.root())?));
            Ok(())
        }
        (_, Some(wrong)) => Err(wrong.into()),
        (None, None) => Err((&Diagnostic::error("empty-document", "an empty context")).into()),
    }
}

/// Refuses fields that are one key.
fn check(fields: &Fields) -> Result<(), Diagnostic> {
    let is_known =
        |at: usize, name: &str| fields[..at].iter().any(|one| one.name().eq_ignore_ascii_case(name));
    let found = fields.iter().enumerate().find(|(at, field)| is_known(*at, field.name()));
    found.map_or(Ok(()), |(_, field)| Err(twice(field.name())))
}

fn twice(key: &str) -> Diagnostic {
    Diagnostic::error("duplicate-key", format!("`{key}` is given twice; letter case does not count"))
}
