//! What EC2 does its own way: ids that tell what they are of, resources that a call makes unasked.

/// The types of resources by the beginnings of their ids.
const IDS: &[(&str, &str)] = &[
    ("ami-", "image"),
    ("acl-", "network-acl"),
    ("cgw-", "customer-gateway"),
    ("cr-", "capacity-reservation"),
    ("dopt-", "dhcp-options"),
    ("eigw-", "egress-only-internet-gateway"),
    ("eipalloc-", "elastic-ip"),
    ("eni-", "network-interface"),
    ("fl-", "vpc-flow-log"),
    ("fleet-", "fleet"),
    ("h-", "dedicated-host"),
    ("i-", "instance"),
    ("igw-", "internet-gateway"),
    ("key-", "key-pair"),
    ("lt-", "launch-template"),
    ("nat-", "natgateway"),
    ("pcx-", "vpc-peering-connection"),
    ("pg-", "placement-group"),
    ("pl-", "prefix-list"),
    ("rtb-", "route-table"),
    ("sg-", "security-group"),
    ("sir-", "spot-instances-request"),
    ("snap-", "snapshot"),
    ("subnet-", "subnet"),
    ("tgw-", "transit-gateway"),
    ("vgw-", "vpn-gateway"),
    ("vol-", "volume"),
    ("vpc-", "vpc"),
    ("vpce-", "vpc-endpoint"),
    ("vpn-", "vpn-connection"),
];

/// Resources that a call makes though nothing names them: an instance starts with a volume.
const MADE: &[(&str, &str)] = &[("RunInstances", "volume")];

/// Whether an id is that of a resource of a type.
pub(super) fn is_id_of(id: &str, kind: &str) -> bool {
    IDS.iter().any(|(start, own)| *own == kind && id.starts_with(start))
}

/// Whether an action makes a resource of a type though nothing names it.
pub(super) fn makes(action: &str, kind: &str) -> bool {
    MADE.contains(&(action, kind))
}
