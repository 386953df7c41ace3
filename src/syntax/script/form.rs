//! A script in one form: what it says stays, and how its lines are laid out is settled.
//!
//! A statement stands as deep as its block, its words one blank apart; a `\` that ends a line stays, and what follows
//! stands deeper. Rows of a table stand under each other. Of several empty lines one is left.

use std::sync::Arc;

use nom::Offset;

use super::fault::Fault;
use super::token::{Lexer, TokenKind, span_in, without_mark};
use crate::source::{Diagnostic, Source, Span};
use crate::syntax::json::one_line;

/// How the JSON in a range of the script is written in lines; nothing for what stays as it is.
type DocumentForm<'f> = &'f dyn Fn(Span) -> Option<String>;

/// The text of a script in the form, its documents as `document` writes them: one that stands on one line stays on one.
///
/// ```
/// use iamwhy::{source::Source, syntax::script::script_in_form};
/// let script = Source::new("w.iam", "user   bob\n\n\n  user alice # both\n");
/// assert_eq!(script_in_form(&script, &|_| None).unwrap(), "user bob\n\nuser alice  # both\n");
/// ```
///
/// # Errors
/// If it cannot be cut into words.
pub fn script_in_form(source: &Arc<Source>, document: DocumentForm<'_>) -> Result<String, Diagnostic> {
    let (text, length) = (source.text(), source.text().len());
    let whole = Span::new((length - without_mark(text).len()) as u32, length as u32);
    let mut form = ScriptForm { source, document, text: String::with_capacity(length) };
    form.lines(&lines_of(source, whole)?, 0, &[])?;
    Ok(form.text)
}

/// A line of a script with something on it.
#[derive(Default)]
struct ScriptLine {
    /// Whether an empty line stands before it.
    after_blank: bool,
    /// Whether it begins with the `$` of a shell.
    has_prompt: bool,
    words: Vec<LineWord>,
    comment: Option<Span>,
}

struct LineWord {
    kind: TokenKind,
    span: Span,
    /// Whether a `\` ends the line before it.
    is_continued: bool,
}

/// The lines in a range of a script.
fn lines_of(source: &Arc<Source>, range: Span) -> Result<Vec<ScriptLine>, Diagnostic> {
    let text = source.slice(range);
    let span = |part: &str| {
        let own = span_in(text, part);
        Span::new(range.start + own.start, range.start + own.end)
    };
    let wrong = |fault: Fault<'_>| fault.diagnostic(source, span(fault.at));
    let (mut lines, mut line, mut is_blank) = (Vec::new(), ScriptLine::default(), false);
    let mut lexer = Lexer::new(text);
    loop {
        let rest = lexer.rest();
        let next = lexer.next_token().transpose().map_err(wrong)?;
        let Some((kind, part)) = next.filter(|(kind, _)| *kind != TokenKind::Newline) else {
            match line.words.is_empty() && line.comment.is_none() {
                true => is_blank = !lines.is_empty(),
                false => lines.push(ScriptLine { after_blank: std::mem::take(&mut is_blank), ..line }),
            }
            line = ScriptLine::default();
            if next.is_none() {
                return Ok(lines);
            }
            continue;
        };
        let gap = rest.get(..rest.offset(part)).unwrap_or_default();
        if kind == TokenKind::Comment {
            line.comment = Some(span(part));
            continue;
        }
        line.has_prompt |= line.words.is_empty() && gap.contains('$');
        line.words.push(LineWord { kind, span: span(part), is_continued: gap.contains('\n') });
    }
}

struct ScriptForm<'f> {
    source: &'f Arc<Source>,
    document: DocumentForm<'f>,
    text: String,
}

impl ScriptForm<'_> {
    /// Writes lines as deep as their block; `widths` are those of the columns of a table.
    fn lines(&mut self, lines: &[ScriptLine], level: usize, widths: &[usize]) -> Result<(), Diagnostic> {
        for line in lines {
            self.text.push_str(if line.after_blank { "\n" } else { "" });
            self.indent(level);
            self.line(line, level, widths)?;
            self.text.push('\n');
        }
        Ok(())
    }

    fn line(&mut self, line: &ScriptLine, level: usize, widths: &[usize]) -> Result<(), Diagnostic> {
        self.text.push_str(if line.has_prompt { "$ " } else { "" });
        for (number, word) in line.words.iter().enumerate() {
            if number > 0 {
                self.between(word, level);
            }
            let before = number.checked_sub(1).and_then(|before| line.words.get(before));
            self.word(word, before, level)?;
            let is_last = number + 1 == line.words.len();
            let width = widths.get(number).copied().filter(|_| !is_last).unwrap_or_default();
            let blanks = width.saturating_sub(self.width(word));
            self.text.extend(std::iter::repeat_n(' ', blanks));
        }
        if let Some(comment) = line.comment {
            self.text.push_str(if line.words.is_empty() { "" } else { "  " });
            self.text.push_str(self.source.slice(comment).trim_end());
        }
        Ok(())
    }

    fn between(&mut self, word: &LineWord, level: usize) {
        if word.is_continued {
            self.text.push_str(" \\\n");
            self.indent(level + 2);
        } else {
            self.text.push(' ');
        }
    }

    fn word(&mut self, word: &LineWord, before: Option<&LineWord>, level: usize) -> Result<(), Diagnostic> {
        let written = self.source.slice(word.span);
        match word.kind {
            TokenKind::Block => {
                let is_table = before.is_some_and(|before| self.source.slice(before.span) == "table");
                return self.block(word.span, is_table, level);
            }
            TokenKind::Json => match (self.document)(word.span) {
                Some(lines) if written.contains('\n') => self.indented(lines.trim_end(), level),
                Some(lines) => self.text.push_str(&one_line(&lines)),
                None => self.text.push_str(written),
            },
            _ => self.text.push_str(written),
        }
        Ok(())
    }

    fn indented(&mut self, lines: &str, level: usize) {
        for (number, line) in lines.lines().enumerate() {
            if number > 0 {
                self.text.push('\n');
                self.indent(level);
            }
            self.text.push_str(line);
        }
    }

    /// Statements or rows in braces; one that stands on one line stays on one.
    fn block(&mut self, span: Span, is_table: bool, level: usize) -> Result<(), Diagnostic> {
        let lines = lines_of(self.source, span.inside())?;
        match &lines[..] {
            [line] if !self.source.slice(span).contains('\n') => {
                self.text.push_str("{ ");
                self.line(line, level, &[])?;
                self.text.push_str(" }");
            }
            _ => {
                self.text.push_str("{\n");
                let widths = if is_table { self.widths(&lines) } else { Vec::new() };
                self.lines(&lines, level + 1, &widths)?;
                self.indent(level);
                self.text.push('}');
            }
        }
        Ok(())
    }

    /// How wide the columns of a table are.
    fn widths(&self, rows: &[ScriptLine]) -> Vec<usize> {
        let mut widths = Vec::new();
        for (column, word) in rows.iter().flat_map(|row| row.words.iter().enumerate()) {
            widths.resize(widths.len().max(column + 1), 0);
            widths[column] = widths[column].max(self.width(word));
        }
        widths
    }

    fn width(&self, word: &LineWord) -> usize {
        self.source.slice(word.span).chars().count()
    }

    fn indent(&mut self, level: usize) {
        self.text.extend(std::iter::repeat_n("  ", level));
    }
}
