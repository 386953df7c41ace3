//! Columns of texts, read in place.

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, BooleanArray, LargeStringArray, PrimitiveArray, StringArray, StringViewArray,
};
use arrow_schema::DataType;

use crate::source::Diagnostic;

/// The texts of a column; what is no text, but has one form as a text, is written once.
pub(super) enum Texts {
    Short(StringArray),
    Large(LargeStringArray),
    View(StringViewArray),
    /// Each row names one of some values.
    Dictionary {
        keys: Vec<usize>,
        rows: ArrayRef,
        values: Box<Texts>,
    },
}

impl Texts {
    /// The texts of a column that is called `name`.
    pub(super) fn of(column: &ArrayRef, name: &str) -> Result<Self, Diagnostic> {
        Ok(match column.data_type() {
            DataType::Utf8 => Self::Short(column.as_string::<i32>().clone()),
            DataType::LargeUtf8 => Self::Large(column.as_string::<i64>().clone()),
            DataType::Utf8View => Self::View(column.as_string_view().clone()),
            DataType::Dictionary(_, _) => {
                let dictionary = column.as_any_dictionary();
                let values = Box::new(Self::of(dictionary.values(), name)?);
                Self::Dictionary { keys: dictionary.normalized_keys(), rows: column.clone(), values }
            }
            DataType::Null => Self::Short(StringArray::new_null(column.len())),
            other => return Err(no_texts(name, other, "a string type")),
        })
    }

    /// The texts of a column of values: also numbers and truth values.
    pub(super) fn of_values(column: &ArrayRef, name: &str) -> Result<Self, Diagnostic> {
        Ok(match column.data_type() {
            DataType::Boolean => Self::Short(truths(column.as_boolean())),
            DataType::Int32 => Self::Short(numbers(column.as_primitive::<Int32Type>())),
            DataType::Int64 => Self::Short(numbers(column.as_primitive::<Int64Type>())),
            DataType::Float64 => Self::Short(numbers(column.as_primitive::<Float64Type>())),
            other if !is_texts(other) => {
                return Err(no_texts(
                    name,
                    other,
                    "a string, bool, int32, int64 or double, or a list of strings",
                ));
            }
            _ => Self::of(column, name)?,
        })
    }

    /// The text of a row; nothing where it is null.
    pub(super) fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Short(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::Large(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::View(texts) => texts.is_valid(row).then(|| texts.value(row)),
            Self::Dictionary { keys, rows, values } => {
                rows.is_valid(row).then(|| values.get(*keys.get(row)?))?
            }
        }
    }
}

fn is_texts(kind: &DataType) -> bool {
    use DataType::{Dictionary, LargeUtf8, Null, Utf8, Utf8View};
    matches!(kind, Utf8 | LargeUtf8 | Utf8View | Dictionary(..) | Null)
}

fn truths(column: &BooleanArray) -> StringArray {
    column.iter().map(|value| value.map(|value| if value { "true" } else { "false" })).collect()
}

fn numbers<T: ArrowPrimitiveType>(column: &PrimitiveArray<T>) -> StringArray
where
    T::Native: ToString,
{
    column.iter().map(|value| value.map(|value| value.to_string())).collect()
}

/// That a column has another type than it must.
pub(super) fn no_texts(name: &str, kind: &DataType, expected: &str) -> Diagnostic {
    let what = format!("the column `{name}` is of the type {kind}, where {expected} is expected");
    Diagnostic::error("wrong-type", what).help("cast it before")
}
