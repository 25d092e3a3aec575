//! What a replay comes to: how many calls are allowed before and after, and which would get another
//! answer.

use crate::iam::decision;
use api::{Event, IamFlip, IamReplay};
use domain::Timestamp;
use policy::Decision;
use std::collections::HashMap;

/// So many kinds of calls are listed.
const FLIPS_MAX: usize = 200;

#[derive(Default)]
pub struct Flips {
    calls: i64,
    undecided: i64,
    before: i64,
    after: i64,
    flips: HashMap<(String, String, String, bool), IamFlip>,
}

impl Flips {
    pub fn undecided(&mut self) {
        self.undecided += 1;
    }

    /// Calls come from the newest on.
    pub fn decided(&mut self, event: &Event, role: &str, before: &Decision, after: &Decision) {
        self.calls += 1;
        self.before += i64::from(before.allowed);
        self.after += i64::from(after.allowed);
        if before.allowed == after.allowed {
            return;
        }
        let (operation, allowed) = (event.handler.clone(), after.allowed);
        let actor = event.actor.clone().unwrap_or_default();
        let key = (operation.clone(), actor.clone(), role.to_owned(), allowed);
        let flip = self.flips.entry(key).or_insert_with(|| IamFlip {
            message: decision::sentence(after, &operation, role),
            operation,
            actor,
            role: role.to_owned(),
            allowed,
            count: 0,
            last_at: event.timestamp,
        });
        flip.count += 1;
    }

    pub fn told(self, since: Timestamp, more: bool, reads_kept_days: i64) -> IamReplay {
        let mut flips: Vec<_> = self.flips.into_values().collect();
        // What would be refused, the most frequent first.
        flips.sort_by(|a, b| {
            let order = |flip: &IamFlip| (flip.allowed, std::cmp::Reverse(flip.count));
            order(a).cmp(&order(b)).then_with(|| {
                (&a.operation, &a.actor, &a.role).cmp(&(&b.operation, &b.actor, &b.role))
            })
        });
        let left_out = flips.len().saturating_sub(FLIPS_MAX);
        flips.truncate(FLIPS_MAX);
        IamReplay {
            since,
            more,
            reads_kept_days,
            calls: self.calls,
            undecided: self.undecided,
            allowed_before: self.before,
            allowed_after: self.after,
            flips,
            flips_left_out: i64::try_from(left_out).unwrap_or(i64::MAX),
        }
    }
}
