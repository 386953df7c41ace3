//! What Tab and hints offer, and how a line looks while it is typed.

use super::terminal::{BARE, ENTER, RIGHT, TAB, Terminal};

#[test]
fn tab_completes_commands_names_actions_and_files() {
    let mut terminal = Terminal::plain("completion");
    std::fs::write(terminal.home.join("world.iam"), "user carol\n").expect("a file");
    terminal.sees(BARE);
    terminal.send(&format!("whoa{TAB}{ENTER}"));
    terminal.sees("nobody is signed in");
    terminal.sees(BARE);
    terminal.send(&format!("why ali{TAB}account:close{TAB}{ENTER}"));
    terminal.sees("root-only task: close the account");
    terminal.sees(BARE);
    terminal.send(&format!("read \"wor{TAB}{ENTER}"));
    terminal.sees("carol");
    terminal.sees(BARE);
    terminal.leaves();
}

#[test]
fn actions_are_listed_with_their_access_level() {
    let mut terminal = Terminal::plain("levels");
    terminal.sees(BARE);
    terminal.send(&format!("can s3:GetObjectT{TAB}"));
    terminal.sees("s3:GetObjectTagging ");
    terminal.sees("s3:GetObjectTorrent ");
    terminal.sees("can s3:GetObjectT");
    terminal.send("\x03");
    terminal.sees(BARE);
    terminal.leaves();
}

/// What Tab shows for each line: words that are there, words that are not.
const OFFERED: [(&str, &[&str], &[&str]); 16] = [
    ("can ", &["root", "alice", "IAM user", "anonymous"], &["s3:"]),
    ("sign-in ", &["alice", "bob"], &["anonymous"]),
    ("attach ReadReports to ", &["user", "ou", "organization-root"], &["resource", "policy"]),
    ("delete ", &["policy", "resource"], &["organization-root"]),
    ("show ", &["developers", "ReadReports", "arn:aws:s3:::acme-reports"], &[]),
    ("list ", &["users", "commands"], &[]),
    ("set ", &["not-principal", "strict-context"], &[]),
    ("set not-principal ", &["strict", "any-listed"], &["off"]),
    ("open ", &["https://acme-test.signin.aws.amazon.com/console"], &[]),
    ("can bob s3:GetObject with s3:", &["s3:TlsVersion=", "s3:ExistingObjectTag/"], &["aws:"]),
    ("can bob s3:GetObject with aws:SecureTransport=", &["=true", "=false"], &[]),
    ("why bob s3:GetObject without ", &["scp", "permissions-boundary", "ReadReports"], &[]),
    ("expect bob denied s3:GetObject because ", &["root-only", "identity-based"], &[]),
    ("?aws:SourceI", &["aws:SourceIp ", "aws:SourceIdentity "], &["aws:SourceIp="]),
    ("policy P {\"Statement\": {\"", &["\"Effect\"", "\"Resource\""], &["\"Principal\""]),
    ("role R trust {\"Statement\": {\"", &["\"Principal\""], &["\"Resource\""]),
];

#[test]
fn tab_offers_what_can_stand_at_the_cursor_and_nothing_else() {
    let mut terminal = Terminal::plain("offered");
    terminal.sees(BARE);
    for (line, there, not_there) in OFFERED {
        terminal.send(line);
        terminal.send(TAB);
        // Below the list the line is drawn again.
        terminal.sees("\n");
        let list = terminal.sees(BARE);
        for word in there {
            assert!(list.contains(word), "`{line}` offers `{word}`: {list}");
        }
        for word in not_there {
            assert!(!list.contains(word), "`{line}` does not offer `{word}`: {list}");
        }
        terminal.clears(BARE);
    }
    terminal.leaves();
}

#[test]
fn operators_and_the_keys_of_the_action_are_offered_below_a_policy_of_several_lines() {
    let mut terminal = Terminal::plain("operators");
    terminal.sees(BARE);
    terminal
        .send("policy P {\r\"Statement\": {\r\"Action\": \"s3:GetObject\",\r\"Condition\": {\"NumericLess");
    terminal.send(TAB);
    terminal.sees("\"NumericLessThan\":");
    terminal.sees("\"NumericLessThanEquals\":");
    terminal.sees("\"Condition\": {\"NumericLessThan");
    terminal.send(&format!("E{TAB}{{\"s3:sig{TAB}"));
    terminal.sees("\"s3:signatureAge\":");
    terminal.sees("\"s3:signatureversion\":");
    terminal.clears(BARE);
    terminal.leaves();
}

#[test]
fn what_goes_on_is_indented_by_its_open_brackets() {
    let mut terminal = Terminal::plain("indented");
    terminal.sees(BARE);
    terminal.send("policy P {\r\"Version\": \"2012-10-17\",\r\"Statement\": [\r{");
    terminal.sees("  \"Version\"");
    terminal.sees("  \"Statement\"");
    terminal.sees("[\r\n    ");
    terminal.clears(BARE);
    terminal.leaves();
}

#[test]
fn hints_show_what_can_stand_next_and_what_was_typed_before() {
    let mut terminal = Terminal::with("hints", &[("TERM", "xterm")], &[]);
    terminal.sees("> ");
    terminal.send("can ");
    terminal.sees("\x1b[2mPRINCIPAL | ACTION");
    terminal.send("bob s3:GetObject ");
    terminal.sees("\x1b[2mon RESOURCE | with | without | as-of");
    terminal.send("on ");
    terminal.sees("\x1b[2marn:aws:s3:::");
    terminal.send("arn:aws:s3:::acme-reports/x\r");
    terminal.sees("allowed");
    terminal.sees("> ");
    terminal.send("can bob");
    terminal.sees("\x1b[2m s3:GetObject on arn:aws:s3:::acme-reports/x");
    terminal.send(&format!("{RIGHT}{ENTER}"));
    terminal.sees("allowed by ReadReports");
    terminal.sees("> ");
    terminal.leaves();
}

#[test]
fn the_bracket_at_the_cursor_and_its_partner_are_marked() {
    let mut terminal = Terminal::with("brackets", &[("TERM", "xterm")], &[]);
    terminal.sees("> ");
    terminal.send("policy P { }");
    terminal.sees("\x1b[1;36mpolicy");
    terminal.sees("\x1b[1;4;35m{");
    terminal.sees("\x1b[1;4;35m}");
    terminal.clears("> ");
    terminal.leaves();
}

#[test]
fn tab_completes_inside_a_policy() {
    let mut terminal = Terminal::plain("json");
    terminal.sees(BARE);
    terminal.send(&format!("policy Typed {{\"Ver{TAB}\"2{TAB}, \"Sta{TAB}{{\"Eff{TAB}\"De{TAB}, "));
    terminal.send(&format!("\"Act{TAB}\"s3:deletebucketp{TAB}, \"Res{TAB}\"*\"}}}}{ENTER}"));
    terminal.sees("created policy Typed");
    terminal.sees(BARE);
    terminal.enters("show Typed", "\"s3:DeleteBucketPolicy\"", BARE);
    terminal.leaves();
}
