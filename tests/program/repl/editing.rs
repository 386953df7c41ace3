//! `edit`, `_` and `show`.

use super::terminal::{BARE, ENTER, PLAIN, TAB, Terminal, editor};

#[test]
fn an_edited_policy_is_a_new_version_that_can_be_taken_back() {
    let terminal = Terminal::plain("edit");
    let narrow = editor(&terminal, "narrow", "s/Delete\\*/DeleteBucket/");
    let home = terminal.leaves_at_once();
    let mut terminal = Terminal::at(home, &[PLAIN[0], PLAIN[1], ("EDITOR", &narrow)], &[]);
    terminal.sees(BARE);
    terminal.enters("edit ReadReports", "version v2", BARE);
    terminal.enters("show policy ReadReports", "s3:DeleteBucket", BARE);
    terminal.enters("why bob s3:DeleteBucket on arn:aws:s3:::acme-reports", "explicit deny", BARE);
    terminal.enters("why in full", "[<ReadReports>:10:", BARE);
    terminal.enters(
        "edit ReadReports",
        "nothing has changed in the customer managed policy ReadReports",
        BARE,
    );
    terminal.enters("undo", "took back: edit ReadReports", BARE);
    terminal.enters("show policy ReadReports", "s3:Delete*", BARE);
    terminal.enters("undo", "there is nothing to take back", BARE);
    terminal.enters("edit AdministratorAccess", "is a policy of AWS and cannot be changed", BARE);
    terminal.enters("inline In on user bob {\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"s3:Delete*\", \"Resource\": \"*\"}}", "added inline policy", BARE);
    terminal.enters("edit In on user bob", "replaced inline policy In", BARE);
    terminal.enters("show In on user bob", "s3:DeleteBucket", BARE);
    terminal.leaves();
}

#[test]
fn what_was_edited_wrongly_is_shown_and_opened_again() {
    let terminal = Terminal::plain("edit-again");
    let breaks =
        editor(&terminal, "breaks", "s/\"Deny\"/\"Deni\"/;t;s/\"Deni\"/\"Deny\"/;s/Delete\\*/DeleteBucket/");
    let home = terminal.leaves_at_once();
    let mut terminal =
        Terminal::at(home, &[PLAIN[0], PLAIN[1], ("VISUAL", &breaks), ("EDITOR", "false")], &[]);
    terminal.sees(BARE);
    terminal.send("edit ReadReports\r");
    terminal.sees("expected `Allow` or `Deny`, found `Deni`");
    terminal.sees("<ReadReports>:10:36");
    terminal.sees("what could not be taken is kept in");
    terminal.sees("`");
    let draft = terminal.sees("`");
    assert!(std::fs::read_to_string(&draft).expect("a draft").contains("\"Deni\""), "{draft}");
    terminal.sees("nothing has changed; `edit ReadReports` opens what you wrote again");
    terminal.sees("Tab types `edit ReadReports`");
    terminal.sees(BARE);
    terminal.send(&format!("{TAB}{ENTER}"));
    terminal.sees("version v2");
    terminal.sees(BARE);
    terminal.enters("show ReadReports", "s3:DeleteBucket", BARE);
    assert!(!std::path::Path::new(&draft).exists(), "it has been taken");
    terminal.leaves();
}

#[test]
fn what_was_written_in_an_editor_that_failed_is_kept() {
    let terminal = Terminal::plain("editor-dies");
    let home = terminal.leaves_at_once();
    for (name, script) in [
        ("dies", "#!/bin/sh\necho my work >> \"$1\"\nexit 1\n"),
        ("no-text", "#!/bin/sh\nprintf 'my work\\377' > \"$1\"\n"),
    ] {
        let path = home.join(name);
        std::fs::write(&path, script).expect("a file");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(&path, mode).expect("a program");
        let editor = path.to_string_lossy().into_owned();
        let mut terminal = Terminal::at(home.clone(), &[PLAIN[0], PLAIN[1], ("EDITOR", &editor)], &[]);
        terminal.sees(BARE);
        terminal.send("edit ReadReports\r");
        terminal.sees("what you wrote is kept in");
        terminal.sees("`");
        let draft = terminal.sees("`");
        terminal.sees(BARE);
        terminal.leaves();
        let kept = std::fs::read(&draft).expect("a draft");
        assert!(String::from_utf8_lossy(&kept).contains("my work"), "{draft}");
    }
}

#[test]
fn an_editor_that_fails_changes_nothing_and_scripts_have_none() {
    let terminal = Terminal::plain("no-editor");
    let home = terminal.leaves_at_once();
    std::fs::write(home.join("script.iam"), "edit ReadReports\n").expect("a file");
    let mut terminal = Terminal::at(home, &[PLAIN[0], PLAIN[1], ("EDITOR", "false")], &[]);
    terminal.sees(BARE);
    terminal.enters("edit ReadReports", "the editor `false` failed", BARE);
    terminal.enters("read \"script.iam\"", "nobody is here who could edit", BARE);
    terminal.enters("undo", "there is nothing to take back", BARE);
    terminal.leaves();
}

#[test]
fn the_last_question_is_asked_again_with_changes() {
    let mut terminal = Terminal::plain("again");
    terminal.sees(BARE);
    terminal.enters("_", "nothing has been asked yet", BARE);
    terminal.enters("sign-in alice at acme", "signed in", "alice@acme> ");
    terminal.enters("can account:CloseAccount", "root-only task", "alice@acme> ");
    terminal.enters("sign-in root owner@acme.example mfa", "signed in", "root@acme> ");
    terminal.enters("can _", "root may do everything", "root@acme> ");
    terminal.enters("can alice _", "root-only task", "root@acme> ");
    terminal.enters(
        "can bob s3:GetObject on arn:aws:s3:::acme-reports/a",
        "allowed by ReadReports",
        "root@acme> ",
    );
    terminal.enters("why _ on arn:aws:s3:::other/a", "request  arn:aws:s3:::other/a", "root@acme> ");
    terminal.enters(".once again.txt _", "written to again.txt", "root@acme> ");
    terminal.enters(".once why.txt why", "written to why.txt", "root@acme> ");
    let home = terminal.leaves();
    let again = std::fs::read_to_string(home.join("again.txt")).expect("an answer");
    assert!(again.starts_with("denied\nIAM user bob"), "{again}");
    assert_eq!(again, std::fs::read_to_string(home.join("why.txt")).expect("an answer"));
}

#[test]
fn show_counts_lines_as_explanations_do() {
    let mut terminal = Terminal::plain("lines-shown");
    terminal.sees(BARE);
    terminal.enters("why bob s3:DeleteObject on arn:aws:s3:::acme-reports/q", "explicit deny", BARE);
    terminal.enters("why in full", "[demo.iam:26:", BARE);
    terminal.send("show policy ReadReports\r");
    terminal.sees("as in demo.iam");
    terminal.sees("26      { \"Sid\": \"NoDelete\"");
    terminal.sees(BARE);
    terminal.leaves();
}
