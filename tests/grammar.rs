//! The grammars in `grammar/` are live: what they generate is accepted, and what they refuse is refused.

#[path = "grammar/mod.rs"]
mod grammar;

use iamwhy::session::usages;
use iamwhy::source::{Source, Span};
use iamwhy::syntax::script::{
    SlotKind, Usage, parse_statement, split_statements, split_within, table_to_ebnf,
};

const SCRIPT: &str = include_str!("../grammar/script.ebnf");

#[test]
fn the_parser_and_the_grammar_of_scripts_agree() {
    grammar::hold(SCRIPT, "script", |text| is_script(text, usages()));
}

#[test]
fn the_statements_of_the_grammar_are_the_table() {
    let printed = printed();
    assert!(SCRIPT.contains(&printed), "grammar/script.ebnf should contain:\n{printed}");
}

#[test]
fn the_grammars_of_policies_and_patterns_refer_to_what_there_is() {
    for text in [include_str!("../grammar/policy.ebnf"), include_str!("../grammar/pattern.ebnf")] {
        let read = grammar::ebnf::Grammar::read(text);
        for start in read.productions.keys() {
            assert!(!grammar::sample(text, start, 20).is_empty(), "{start} has no sentence");
        }
    }
}

fn printed() -> String {
    let kind = |kind: &SlotKind| kind.to_ebnf().map(|right| format!("{} ::= {right}\n", kind.production()));
    let kinds: String = SlotKind::ALL.iter().filter_map(kind).collect();
    table_to_ebnf("statement", usages()) + "\n" + &kinds
}

fn is_script(text: &str, table: &[Usage]) -> bool {
    let source = Source::new("<test>", text);
    let mut open: Vec<_> = split_statements(&source).into_iter().map(|one| one.span).collect();
    while let Some(span) = open.pop() {
        let Ok(words) = parse_statement(&source, span, table) else { return false };
        open.extend(inside(&source, words.block("BLOCK")));
        let rows = inside(&source, words.block("TABLE"));
        if !rows.iter().all(|row| is_row(&source, *row)) {
            return false;
        }
    }
    true
}

fn inside(source: &std::sync::Arc<Source>, span: Option<Span>) -> Vec<Span> {
    span.map(|span| split_within(source, span).iter().map(|one| one.span).collect()).unwrap_or_default()
}

fn is_row(source: &std::sync::Arc<Source>, row: Span) -> bool {
    let words = iamwhy::syntax::script::words_within(source, row);
    words.is_ok_and(|words| words.iter().all(|word| word.kind.is_word()))
}
