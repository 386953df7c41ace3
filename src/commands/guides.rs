//! `help guides`: a page for each task. The pages are `examples/guides`, whose lines run as tests.

/// The guides, in the order in which they are listed: the name, and the text in Markdown.
static GUIDES: [(&str, &str); 14] = [
    ("why-was-i-denied", include_str!("../../examples/guides/why-was-i-denied.md")),
    ("what-does-a-change-open", include_str!("../../examples/guides/what-does-a-change-open.md")),
    ("who-can-do-it", include_str!("../../examples/guides/who-can-do-it.md")),
    ("from-an-account", include_str!("../../examples/guides/from-an-account.md")),
    ("test-in-ci", include_str!("../../examples/guides/test-in-ci.md")),
    ("what-is-wrong-with-a-policy", include_str!("../../examples/guides/what-is-wrong-with-a-policy.md")),
    ("at-the-prompt", include_str!("../../examples/guides/at-the-prompt.md")),
    ("command-line", include_str!("../../examples/guides/command-line.md")),
    ("aws-commands", include_str!("../../examples/guides/aws-commands.md")),
    ("in-an-editor", include_str!("../../examples/guides/in-an-editor.md")),
    ("aws-clients", include_str!("../../examples/guides/aws-clients.md")),
    ("embed-it", include_str!("../../examples/guides/embed-it.md")),
    ("what-it-knows", include_str!("../../examples/guides/what-it-knows.md")),
    ("how-fast", include_str!("../../examples/guides/how-fast.md")),
];

/// The text of a guide, in Markdown.
pub(super) fn guide(name: &str) -> Option<&'static str> {
    GUIDES.iter().find(|(own, _)| *own == name).map(|(_, text)| *text)
}

/// What the guides are called.
pub(super) fn guide_names<'n>() -> impl Iterator<Item = &'n str> {
    GUIDES.iter().map(|(name, _)| *name)
}

/// The guides, each with its title.
pub(super) fn list_of_guides() -> String {
    let width = guide_names().map(str::len).max().unwrap_or_default();
    let lines = GUIDES.iter().map(|(name, text)| format!("{name:width$}  {}", title(text)));
    format!("{}\n\n`help {}` prints one", lines.collect::<Vec<_>>().join("\n"), GUIDES[0].0)
}

fn title(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim_start_matches("# ")
}
