//! Values on every side of the bounds that a policy names: below, on, between and above them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::names::{Instant, parse_network};

/// A day in seconds.
const DAY: f64 = 86_400.0;

/// Numbers: each that is named, one more, one less, and those between two.
pub fn numbers(texts: &[String]) -> Vec<String> {
    let named: Vec<f64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    let written = |number: f64| format!("{number:.9}").trim_end_matches('0').trim_end_matches('.').to_owned();
    around(named, 1.0).into_iter().map(written).collect()
}

/// Instants: each that is named, a day later, a day earlier, and those between two.
pub fn dates(texts: &[String]) -> Vec<String> {
    let instants = texts.iter().filter_map(|text| Instant::parse(text));
    let named: Vec<f64> = instants.map(|instant| instant.epoch_seconds() as f64).collect();
    around(named, DAY).into_iter().map(iso).collect()
}

/// A time of whole or half seconds.
fn iso(seconds: f64) -> String {
    let whole = Instant::from_epoch_seconds(seconds.floor() as i64).to_iso();
    match seconds.fract() == 0.0 {
        true => whole,
        false => whole.replace('Z', ".5Z"),
    }
}

fn around(named: Vec<f64>, step: f64) -> Vec<f64> {
    let mut sorted = named.clone();
    sorted.sort_by(f64::total_cmp);
    let between = sorted.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
    let beside = named.iter().flat_map(|bound| [bound + step, bound - step]);
    named.iter().copied().chain(beside).chain(between).collect()
}

/// Addresses: the first and the last of each network that is named, and their neighbours outside.
pub fn addresses(texts: &[String]) -> Vec<String> {
    let networks: Vec<_> = texts.iter().filter_map(|text| parse_network(text)).collect();
    let inside = networks.iter().flat_map(|network| [Some(network.network()), Some(network.broadcast())]);
    let outside =
        networks.iter().flat_map(|network| [stepped(network.broadcast(), 1), stepped(network.network(), -1)]);
    inside.chain(outside).flatten().map(|address| address.to_string()).collect()
}

fn stepped(address: IpAddr, step: i8) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(address) => {
            IpAddr::V4(Ipv4Addr::from(u32::from(address).checked_add_signed(step.into())?))
        }
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from(u128::from(address).checked_add_signed(step.into())?))
        }
    })
}
