//! Circles of files: sets of source files that import each other in a loop. Imports are read as text: the trees of
//! `use`, the paths in the code, and what a file hands on with `pub use`; the modules of tests are left out.

use std::collections::BTreeMap;

use super::sources;

/// The circles of more than three files that may be, each with its reason.
const ALLOWED: [(&[&str], &str); 1] = [(
    &[
        "compile", "compile/action_pattern", "compile/arn_fields", "compile/compiled", "compile/index",
        "compile/pieces", "compile/principal_pattern", "compile/reading", "compile/resource_pattern",
        "compile/set", "compile/test",
    ],
    "a compiled policy is tables of patterns and tests, and each of those is a range of its text, read through it",
)];

/// The path of a module, `["world", "apply"]`.
type Module = Vec<String>;

/// Source files by their module.
pub(crate) struct Tree {
    files: BTreeMap<Module, Imports>,
}

#[derive(Default)]
struct Imports {
    /// All paths that the file names.
    paths: Vec<Module>,
    /// What it hands on: the name, and where it comes from.
    handed_on: BTreeMap<String, Module>,
}

impl Tree {
    /// Reads files: the path of each below the folder of the sources, and its code without comments and tests.
    pub(crate) fn read<'f>(files: impl Iterator<Item = (&'f str, &'f str)>) -> Self {
        let files = files.map(|(path, text)| (module_of(path), Imports::read(text))).collect();
        Self { files }
    }

    /// The circles, the largest first, each as its modules in order: `world/apply`.
    pub(crate) fn circles(&self) -> Vec<Vec<String>> {
        let modules: Vec<&Module> = self.files.keys().collect();
        let needed: Vec<Vec<usize>> = modules.iter().map(|module| self.needed_by(module, &modules)).collect();
        let reached: Vec<Vec<bool>> = (0..modules.len()).map(|from| reached(&needed, from)).collect();
        let mut seen = vec![false; modules.len()];
        let mut circles: Vec<Vec<String>> = Vec::new();
        for from in 0..modules.len() {
            let circle = (from..modules.len()).filter(|to| reached[from][*to] && reached[*to][from]);
            let circle: Vec<usize> = circle.filter(|_| !seen[from]).collect();
            circle.iter().for_each(|module| seen[*module] = true);
            circles.push(circle.iter().map(|module| modules[*module].join("/")).collect());
        }
        circles.retain(|circle| circle.len() > 1);
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }

    /// The numbers of the modules that one imports.
    fn needed_by(&self, module: &Module, modules: &[&Module]) -> Vec<usize> {
        let paths = self.files[module].paths.iter();
        let needed = paths.filter_map(|path| self.resolve(module, path, 0)).filter(|other| *other != module);
        needed.filter_map(|other| modules.binary_search(&other).ok()).collect()
    }

    /// The file in which stands what a path names; `pub use` is followed.
    fn resolve(&self, from: &Module, path: &[String], depth: usize) -> Option<&Module> {
        let (mut at, mut rest) = match path.first()?.as_str() {
            "crate" => (Module::new(), &path[1..]),
            "self" => (from.clone(), &path[1..]),
            "super" => (from.clone(), path),
            child if self.files.contains_key(&below(from, child)) => (from.clone(), path),
            _ => return None,
        };
        while rest.first().is_some_and(|word| word == "super") {
            at.pop();
            rest = &rest[1..];
        }
        while let [word, further @ ..] = rest
            && self.files.contains_key(&below(&at, word))
        {
            at.push(word.clone());
            rest = further;
        }
        let (module, imports) = self.files.get_key_value(&at)?;
        let handed_on = rest.first().and_then(|name| imports.handed_on.get(name)).filter(|_| depth < 8);
        Some(handed_on.and_then(|path| self.resolve(module, path, depth + 1)).unwrap_or(module))
    }
}

/// Which modules are reached from one, by at least one step.
fn reached(needed: &[Vec<usize>], from: usize) -> Vec<bool> {
    let mut found = vec![false; needed.len()];
    let mut open = needed[from].clone();
    while let Some(next) = open.pop() {
        if !std::mem::replace(&mut found[next], true) {
            open.extend(&needed[next]);
        }
    }
    found
}

fn below(module: &Module, child: &str) -> Module {
    module.iter().cloned().chain([child.to_owned()]).collect()
}

/// `world/apply/mod.rs` and `world/apply.rs` are `["world", "apply"]`; `lib.rs` is the root.
fn module_of(path: &str) -> Module {
    let mut parts: Module = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

impl Imports {
    fn read(code: &str) -> Self {
        let mut imports = Self::default();
        let mut body = String::new();
        let mut rest = code;
        while let Some((before, public, tree, after)) = next_use(rest) {
            body.push_str(before);
            for leaf in leaves(tree) {
                if let Some(name) = leaf.last().filter(|_| public) {
                    imports.handed_on.insert(name.clone(), leaf.clone());
                }
                imports.paths.push(leaf);
            }
            rest = after;
        }
        body.push_str(rest);
        imports.paths.extend(paths_in(&body));
        imports
    }
}

/// The next `use`: what stands before it, whether it is public, its tree, and what follows.
fn next_use(code: &str) -> Option<(&str, bool, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + code[from..].find("use ")?;
        let line = code[..at].rfind('\n').map_or(0, |end| end + 1);
        let before = code[line..at].trim();
        if before.is_empty() || before.starts_with("pub") && !before.contains(['=', '"']) {
            let (tree, after) = code[at + "use ".len()..].split_once(';')?;
            return Some((&code[..line], !before.is_empty(), tree, after));
        }
        from = at + 1;
    }
}

/// `a::{b, c::d as e}` -> `a::b`, `a::c::d`
fn leaves(tree: &str) -> Vec<Module> {
    let tree = tree.trim();
    let Some((head, inner)) = tree.strip_suffix('}').and_then(|tree| tree.split_once('{')) else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.split("::").map(|part| part.trim().to_owned()).collect()];
    };
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inner[start..at].trim();
                if !part.is_empty() {
                    found.extend(leaves(&format!("{head}{part}")));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// The paths of several parts in code; `pub(in super::super)` is none.
fn paths_in(code: &str) -> impl Iterator<Item = Module> {
    let words = code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
    let paths =
        words.filter(|word| word.contains("::") && !word.starts_with("::") && !word.ends_with("super"));
    paths.map(|path| path.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect())
}

#[test]
fn files_import_each_other_in_no_circle_of_more_than_three() {
    let sources = sources::all();
    let tree = Tree::read(sources.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let mut large = tree.circles();
    large.retain(|circle| circle.len() > 3);
    let allowed: Vec<&[&str]> = ALLOWED.iter().map(|(circle, _)| *circle).collect();
    assert_eq!(large, allowed, "a circle that is not allowed, or one that is and is gone");
}

#[test]
fn a_circle_is_found_through_what_a_folder_hands_on() {
    let tree = Tree::read(
        [
            ("lib.rs", "pub mod a;\npub mod b;\n"),
            ("a/mod.rs", "mod x;\nmod y;\npub use x::X;\n"),
            ("a/x.rs", "use crate::b::B;\npub struct X(B);\n"),
            ("a/y.rs", "use super::X;\n"),
            ("b.rs", "pub struct B;\nfn f(x: crate::a::X) {}\n"),
        ]
        .into_iter(),
    );
    assert_eq!(tree.circles(), [["a/x", "b"]]);
}

#[test]
fn files_that_need_each_other_one_way_only_are_no_circle() {
    let tree = Tree::read([("a.rs", "use crate::b::{self, C as D};"), ("b.rs", "pub struct C;")].into_iter());
    assert_eq!(tree.circles(), Vec::<Vec<String>>::new());
}
