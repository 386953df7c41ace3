//! How long does one decision take here and elsewhere? The workloads of the benchmark data through iamwhy and its
//! peers, policies and requests loaded, in turns within one run; and how many times longer the peers take.

mod cedar;
mod iam_rs_peer;
mod ours;
mod rego;
mod timing;
mod workload;

use anyhow::Result;

use timing::{Contender, measure};
use workload::Workload;

const WORKLOADS: [&str; 3] = ["admin", "managed100", "cond1000"];

fn main() -> Result<()> {
    println!("| workload | request | engine | decision | median | of iamwhy's |");
    println!("|---|---|---|---|---|---|");
    for name in WORKLOADS {
        let workload = Workload::read(name)?;
        let ours = ours::Policies::new(&workload)?;
        for number in 0..workload.requests.len() {
            let request = ours.request(&workload, number);
            let mut contenders = vec![
                ours.prepared(&request)?,
                ours.raw(&request),
                iam_rs_peer::contender(&workload, number)?,
                cedar::contender(&workload, number)?,
                rego::contender(&workload, number, false)?,
                rego::contender(&workload, number, true)?,
            ];
            report(&workload, number, &mut contenders);
        }
    }
    Ok(())
}

fn report(workload: &Workload, number: usize, contenders: &mut [Contender<'_>]) {
    let medians = measure(contenders);
    let ours = medians.first().copied().unwrap_or(1.0);
    let expected = workload.expected[number];
    for (contender, median) in contenders.iter().zip(&medians) {
        let decision = match contender.allows {
            allows if allows == expected => {
                if allows {
                    "allow"
                } else {
                    "deny"
                }
            }
            true => "allow (deny is right)",
            false => "deny (allow is right)",
        };
        println!(
            "| {} | {} | {} | {decision} | {} | {:.1} |",
            workload.name,
            workload.requests[number].name,
            contender.engine,
            timing::text(*median),
            median / ours,
        );
    }
}
