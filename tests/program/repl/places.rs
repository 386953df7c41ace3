//! Where the prompt keeps its history and finds its settings.

use iamwhy::repl::Places;

fn places(variables: &[(&str, &str)]) -> Places {
    Places::of(|name| variables.iter().find(|(own, _)| *own == name).map(|(_, value)| value.into()))
}

#[test]
fn the_variables_of_the_platform_are_obeyed() {
    let found = places(&[("XDG_DATA_HOME", "/data"), ("XDG_CONFIG_HOME", "/conf"), ("HOME", "/home/a")]);
    assert_eq!(found.history, Some("/data/iamwhy/history".into()));
    assert_eq!(found.settings, Some("/conf/iamwhy/config".into()));
}

#[test]
fn history_can_be_switched_off_and_moved() {
    assert_eq!(places(&[("HOME", "/home/a"), ("IAMWHY_HISTORY", "")]).history, None);
    assert_eq!(places(&[("IAMWHY_HISTORY", "mine")]).history, Some("mine".into()));
}

#[test]
fn without_a_home_nothing_is_kept() {
    assert_eq!(places(&[]), Places::default());
}
