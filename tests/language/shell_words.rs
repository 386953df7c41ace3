//! An `aws` line is cut into words as a shell cuts it.

use iamwhy::source::{Source, Span};
use iamwhy::syntax::shell::shell_words;

fn cut(text: &str) -> Result<Vec<String>, String> {
    let source = Source::new("<test>", text);
    let words = shell_words(&source, Span::new(0, text.len() as u32));
    words.map(|words| words.into_iter().map(|word| word.text).collect()).map_err(|wrong| {
        let place = &wrong.labels[0].place;
        format!("{}: {}", wrong.code, place.text())
    })
}

#[test]
fn words_are_cut_as_a_shell_cuts_them() {
    assert_eq!(cut("a 'b  c'd \"e\\\"f\\g\" \\'h '' $").unwrap(), ["a", "b  cd", "e\"f\\g", "'h", "", "$"]);
    assert_eq!(cut("a \\\n  b\\\nc \t d").unwrap(), ["a", "bc", "d"]);
    assert_eq!(cut("'{\"a\": \"$x\"}' \"\\$x\" \\$x").unwrap(), ["{\"a\": \"$x\"}", "$x", "$x"]);
}

#[test]
fn what_a_shell_would_do_is_refused_by_name() {
    assert_eq!(cut("a $HOME/b").unwrap_err(), "shell-expansion: $HOME");
    assert_eq!(cut("a \"x ${B} y\"").unwrap_err(), "shell-expansion: ${B}");
    assert_eq!(cut("$(cat x) y").unwrap_err(), "shell-expansion: $(cat x)");
    assert_eq!(cut("`date` y").unwrap_err(), "shell-expansion: `date`");
    assert_eq!(cut("a | jq").unwrap_err(), "shell-operator: |");
    assert_eq!(cut("--user-name <name>").unwrap_err(), "shell-operator: <");
    assert_eq!(cut("a 'b").unwrap_err(), "unclosed-quote: '");
}

#[test]
fn a_part_of_a_word_knows_where_it_stands() {
    let text = "--doc='{}' \"a\\\"b\"";
    let source = Source::new("<test>", text);
    let words = shell_words(&source, Span::new(0, text.len() as u32)).unwrap();
    assert_eq!(words[0].span_of(&source, 6..8), Some(Span::new(7, 9)));
    assert_eq!(words[1].span_of(&source, 0..3), None);
}
