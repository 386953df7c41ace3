//! How the layers of a request combine, whatever they say: for whoever reasons about all requests at once.

use super::combine::combine;
use crate::policy::Layer;
use crate::trace::Strengths;
use crate::world::Prepared;

/// What is enough for a request to be allowed, where no Deny applies and no gate decides: these layers allow, and the
/// resource's policy names the principal so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sufficient {
    layers: u8,
    /// How the resource's policy has to name the principal: in one of these ways; none where it has not to.
    pub strengths: Strengths,
}

impl Sufficient {
    /// Whether a layer has to allow.
    pub fn needs(self, layer: Layer) -> bool {
        self.layers & layer.bit() != 0
    }

    fn is_within(self, other: Self) -> bool {
        let same_name = self.strengths.is_empty() || self.strengths == other.strengths;
        self.layers & !other.layers == 0 && same_name
    }
}

/// The layers whose Allows can be needed.
const ALLOWING: [Layer; 5] = [
    Layer::IdentityBased,
    Layer::PermissionsBoundary,
    Layer::Session,
    Layer::ServiceControl,
    Layer::VpcEndpoint,
];

/// All that is just enough for a request of this shape to be allowed: leave anything out, and it is not. It is asked
/// of `combine`, which says it of one request (D.4, D.6, D.7); more Allows never hurt there.
pub fn sufficient(request: &Prepared<'_>) -> Vec<Sufficient> {
    let open: Vec<Layer> = ALLOWING.into_iter().filter(|layer| request.takes_part(*layer)).collect();
    let mut sets: Vec<u8> = (0..1_u8 << open.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    let strengths: &[Strengths] =
        if request.takes_part(Layer::ResourceBased) { &Strengths::EACH } else { &[] };
    let mut found: Vec<Sufficient> = Vec::new();
    for strengths in std::iter::once(Strengths::NONE).chain(strengths.iter().copied()) {
        for set in &sets {
            let chosen = open.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
            let tried =
                Sufficient { layers: chosen.fold(0, |bits, (_, layer)| bits | layer.bit()), strengths };
            if !found.iter().any(|other| other.is_within(tried)) && is_allowed(request, tried) {
                found.push(tried);
            }
        }
    }
    found
}

fn is_allowed(request: &Prepared<'_>, tried: Sufficient) -> bool {
    let allows = |layer| tried.needs(layer) || !request.takes_part(layer);
    combine(request, allows, tried.strengths).is_allowed()
}
