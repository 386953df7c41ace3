//! Grammars in the notation of the W3C: read, generated from, recognised.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// A part of a production.
#[derive(Clone, Debug)]
pub(crate) enum Expression {
    Literal(String),
    Class {
        not: bool,
        ranges: Vec<(char, char)>,
    },
    Reference(String),
    Sequence(Vec<Expression>),
    Choice(Vec<Expression>),
    /// At least, at most.
    Repeat(Box<Expression>, usize, usize),
    Except(Box<Expression>, Box<Expression>),
    /// White space, or the end of the line: what follows each term above the mark `ws: explicit`.
    Gap,
}

/// The productions of a grammar.
pub(crate) struct Grammar {
    pub(crate) productions: BTreeMap<String, Expression>,
}

/// The mark above which the terms of a production are words with white space behind them.
const MARK: &str = "/* ws: explicit */";

impl Grammar {
    pub(crate) fn read(text: &str) -> Self {
        let mut productions = BTreeMap::new();
        let (words, characters) = match text.split_once(MARK) {
            Some((words, characters)) => (read(words), read(characters)),
            None => (Vec::new(), read(text)),
        };
        let below: Vec<String> = characters.iter().map(|(name, _)| name.clone()).collect();
        for (name, expression) in words {
            productions.insert(name, spaced(expression, &below));
        }
        productions.extend(characters);
        let grammar = Self { productions };
        grammar.check();
        grammar
    }

    /// Holds every reference to a production that there is.
    fn check(&self) {
        fn visit(grammar: &Grammar, expression: &Expression) {
            match expression {
                Expression::Reference(name) => {
                    assert!(grammar.productions.contains_key(name), "no production `{name}`");
                }
                Expression::Sequence(all) | Expression::Choice(all) => {
                    all.iter().for_each(|one| visit(grammar, one))
                }
                Expression::Repeat(one, _, _) => visit(grammar, one),
                Expression::Except(one, other) => [one, other].iter().for_each(|one| visit(grammar, one)),
                Expression::Literal(_) | Expression::Class { .. } | Expression::Gap => {}
            }
        }
        self.productions.values().for_each(|expression| visit(self, expression));
    }
}

fn spaced(expression: Expression, below: &[String]) -> Expression {
    let all = |list: Vec<Expression>| list.into_iter().map(|one| spaced(one, below)).collect();
    match expression {
        Expression::Reference(name) if !below.contains(&name) => Expression::Reference(name),
        Expression::Sequence(list) => Expression::Sequence(all(list)),
        Expression::Choice(list) => Expression::Choice(all(list)),
        Expression::Repeat(one, least, most) => Expression::Repeat(spaced(*one, below).into(), least, most),
        term => Expression::Sequence(vec![term, Expression::Gap]),
    }
}

fn read(text: &str) -> Vec<(String, Expression)> {
    let tokens = lex(text);
    let starts: Vec<usize> = (1..tokens.len()).filter(|at| tokens[*at] == "::=").map(|at| at - 1).collect();
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    let production = |(start, end): (usize, usize)| {
        let mut reader = Reader { tokens: &tokens[start + 2..end], at: 0 };
        let expression = reader.choice();
        assert_eq!(reader.at, reader.tokens.len(), "production {}: {:?}", tokens[start], reader.tokens);
        (tokens[start].clone(), expression)
    };
    starts.iter().copied().zip(ends).map(production).collect()
}

fn lex(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '/' if rest.starts_with("/*") => rest.find("*/").expect("a comment is closed") + 2,
            ':' => 3,
            '\'' | '"' => rest[1..].find(c).expect("a literal is closed") + 2,
            '[' => rest.find(']').expect("a class is closed") + 1,
            '#' => 2 + rest[2..].find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(rest.len() - 2),
            '?' | '*' | '+' | '(' | ')' | '|' | '-' => 1,
            _ => rest.find(|c: char| !c.is_alphanumeric() && !"_-".contains(c)).unwrap_or(rest.len()),
        };
        if !rest.starts_with("/*") {
            tokens.push(rest[..length].to_string());
        }
        rest = rest[length..].trim_start();
    }
    tokens
}

struct Reader<'t> {
    tokens: &'t [String],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> &str {
        self.tokens.get(self.at).map_or("", String::as_str)
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.peek() == token;
        self.at += usize::from(found);
        found
    }

    fn choice(&mut self) -> Expression {
        let mut all = vec![self.exception()];
        while self.eat("|") {
            all.push(self.exception());
        }
        if all.len() == 1 { all.remove(0) } else { Expression::Choice(all) }
    }

    fn exception(&mut self) -> Expression {
        let sequence = self.sequence();
        if self.eat("-") { Expression::Except(sequence.into(), self.sequence().into()) } else { sequence }
    }

    fn sequence(&mut self) -> Expression {
        let mut all = Vec::new();
        while !matches!(self.peek(), "" | "|" | "-" | ")") {
            all.push(self.postfix());
        }
        if all.len() == 1 { all.remove(0) } else { Expression::Sequence(all) }
    }

    fn postfix(&mut self) -> Expression {
        let mut primary = self.primary();
        loop {
            let (least, most) = match self.peek() {
                "?" => (0, 1),
                "*" => (0, usize::MAX),
                "+" => (1, usize::MAX),
                _ => return primary,
            };
            self.at += 1;
            primary = Expression::Repeat(primary.into(), least, most);
        }
    }

    fn primary(&mut self) -> Expression {
        let token = self.peek().to_string();
        self.at += 1;
        match token.chars().next() {
            Some('(') => {
                let inside = self.choice();
                assert!(self.eat(")"), "expected `)` at {:?}", &self.tokens[self.at..]);
                inside
            }
            Some('\'' | '"') => Expression::Literal(token[1..token.len() - 1].to_string()),
            Some('#') => Expression::Literal(code(&token[2..]).to_string()),
            Some('[') => class(&token[1..token.len() - 1]),
            _ => Expression::Reference(token),
        }
    }
}

fn code(hex: &str) -> char {
    u32::from_str_radix(hex, 16)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or_else(|| panic!("no character `{hex}`"))
}

fn class(inside: &str) -> Expression {
    let not = inside.starts_with('^');
    let mut rest = if not { &inside[1..] } else { inside };
    let mut ranges = Vec::new();
    while !rest.is_empty() {
        let first = take(&mut rest);
        let ranged = rest.len() > 1 && rest.starts_with('-');
        let last = if ranged {
            rest = &rest[1..];
            take(&mut rest)
        } else {
            first
        };
        ranges.push((first, last));
    }
    Expression::Class { not, ranges }
}

/// Takes one character of a class, which may be written as `#x20`.
fn take(rest: &mut &str) -> char {
    if let Some(hex) = rest.strip_prefix("#x") {
        let length =
            hex.find(|c: char| !c.is_ascii_hexdigit() || c.is_ascii_lowercase()).unwrap_or(hex.len());
        *rest = &hex[length..];
        return code(&hex[..length]);
    }
    let c = rest.chars().next().expect("a class has characters");
    *rest = &rest[c.len_utf8()..];
    c
}

/// Says whether a text is a sentence of a grammar: for each place and production all places where it can end.
pub(crate) struct Recogniser<'g> {
    grammar: &'g Grammar,
    text: &'g [char],
    known: HashMap<(&'g str, usize), Rc<Vec<usize>>>,
}

impl<'g> Recogniser<'g> {
    pub(crate) fn accepts(grammar: &'g Grammar, start: &'g str, text: &str) -> bool {
        let text: Vec<char> = text.chars().collect();
        let mut recogniser = Recogniser { grammar, text: &text, known: HashMap::new() };
        recogniser.reference(start, 0).contains(&text.len())
    }

    fn reference<'n>(&mut self, name: &'n str, at: usize) -> Rc<Vec<usize>>
    where
        'n: 'g,
    {
        if let Some(ends) = self.known.get(&(name, at)) {
            return Rc::clone(ends);
        }
        let grammar: &'g Grammar = self.grammar;
        let ends = Rc::new(self.ends(&grammar.productions[name], at));
        self.known.insert((name, at), Rc::clone(&ends));
        ends
    }

    fn ends(&mut self, expression: &'g Expression, at: usize) -> Vec<usize> {
        match expression {
            Expression::Literal(literal) => {
                let length = literal.chars().count();
                let found = self
                    .text
                    .get(at..at + length)
                    .is_some_and(|text| text.iter().copied().eq(literal.chars()));
                if found { vec![at + length] } else { Vec::new() }
            }
            Expression::Class { not, ranges } => {
                let inside = |c: &char| ranges.iter().any(|(first, last)| first <= c && c <= last) != *not;
                if self.text.get(at).is_some_and(inside) { vec![at + 1] } else { Vec::new() }
            }
            Expression::Reference(name) => self.reference(name, at).to_vec(),
            Expression::Sequence(all) => self.sequence(all, at),
            Expression::Choice(all) => sorted(all.iter().flat_map(|one| self.ends(one, at)).collect()),
            Expression::Repeat(one, least, most) => self.repeat(one, *least, *most, at),
            Expression::Except(one, other) => {
                let without = self.ends(other, at);
                self.ends(one, at).into_iter().filter(|end| !without.contains(end)).collect()
            }
            Expression::Gap => self.gap(at),
        }
    }

    /// Most sequences end with their first word: of all statements one fits.
    fn sequence(&mut self, all: &'g [Expression], at: usize) -> Vec<usize> {
        let mut ends = vec![at];
        for one in all {
            if ends.is_empty() {
                break;
            }
            ends = self.all(one, &ends);
        }
        ends
    }

    fn all(&mut self, expression: &'g Expression, starts: &[usize]) -> Vec<usize> {
        sorted(starts.iter().flat_map(|at| self.ends(expression, *at)).collect())
    }

    fn repeat(&mut self, one: &'g Expression, least: usize, most: usize, at: usize) -> Vec<usize> {
        let mut found = if least == 0 { vec![at] } else { Vec::new() };
        let mut new = vec![at];
        let mut times = 0;
        while !new.is_empty() && times < most {
            new = self.all(one, &new).into_iter().filter(|end| found.binary_search(end).is_err()).collect();
            found.extend(&new);
            found = sorted(found);
            times += 1;
        }
        found
    }

    fn gap(&mut self, at: usize) -> Vec<usize> {
        let mut ends = self.reference("space", at).to_vec();
        let line_end = matches!(self.text.get(at..), None | Some([] | ['\n', ..] | ['\r', '\n', ..]));
        ends.extend(line_end.then_some(at));
        sorted(ends)
    }
}

fn sorted(mut ends: Vec<usize>) -> Vec<usize> {
    ends.sort_unstable();
    ends.dedup();
    ends
}
