//! When and where a measurement is made.

use crate::bench::Circumstances;
use crate::names::Instant;

/// What the machine tells of itself; where it does not, nothing is said.
pub(super) fn circumstances(now: i64) -> Circumstances {
    Circumstances {
        date: Instant::from_epoch_seconds(now).to_iso(),
        cpu: listed("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned()),
        cores: cores(),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        arguments: std::iter::once("iamwhy".to_owned()).chain(std::env::args().skip(1)).collect(),
    }
}

/// How many cores may be used.
pub(super) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The most memory that this process has held.
pub(super) fn peak_bytes() -> Option<usize> {
    let peak = listed("/proc/self/status", "VmHWM")?;
    peak.strip_suffix("kB")?.trim().parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}

/// The first value of a name in a list of the kernel's: `name : value`.
fn listed(path: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let mut rows = text.lines().filter_map(|line| line.split_once(':'));
    rows.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}
