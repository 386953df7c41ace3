//! Addresses from which strangers may come, told apart by the networks that policies name.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::eval::is_narrow_network;
use crate::names::parse_network;
use crate::question::space::addresses;

/// Addresses of strangers that hardly any policy names.
const SOMEWHERE: [&str; 2] = ["45.77.201.113", "2a0b:4e07:c4::71"];

/// One address for each way in which the networks that are named hold those of strangers or not. A narrow network is
/// somebody's own (D38), and from a private one nobody comes over the internet.
pub(super) fn addresses_of_strangers(named: &[String]) -> Vec<String> {
    let networks: Vec<_> = named.iter().filter_map(|text| parse_network(text)).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for text in SOMEWHERE.map(str::to_owned).into_iter().chain(addresses(named)) {
        let Ok(address) = text.parse::<IpAddr>() else { continue };
        let holding: Vec<bool> = networks.iter().map(|network| network.contains(&address)).collect();
        let is_of_somebody =
            networks.iter().zip(&holding).any(|(network, holds)| *holds && is_narrow_network(network));
        if is_public(address) && !is_of_somebody && seen.insert(holding) {
            found.push(text);
        }
    }
    found
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_multicast()
                || address.octets()[0] == 0
                || address.octets()[0] >= 240)
        }
        IpAddr::V6(address) => address.segments()[0] & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(networks: &[&str]) -> Vec<String> {
        addresses_of_strangers(&networks.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn nobody_outside_has_an_address_of_a_narrow_network() {
        assert_eq!(found(&["203.0.113.0/24", "10.0.0.0/8"]), ["45.77.201.113"]);
        assert_eq!(found(&["45.77.201.0/24"]).len(), 1);
    }

    #[test]
    fn a_wide_network_holds_strangers_and_leaves_some_out() {
        assert_eq!(found(&["0.0.0.0/1"]).len(), 2);
        assert_eq!(found(&["8.0.0.0/7", "64.0.0.0/4"]).len(), 3);
        assert_eq!(found(&["0.0.0.0/0", "::/0"]).len(), 2);
    }
}
