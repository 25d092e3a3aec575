//! What follows once an act is committed, and must not before.

use crate::{
    cloud::{Cloud, Ended},
    operations::{crew::Slot, lease::Task, worker},
};
use api::Change;
use domain::OrgId;
use std::sync::Arc;

#[derive(Default)]
pub struct After {
    pub changes: Vec<Change>,
    /// Who may do less than before.
    pub ended: Vec<Ended>,
    pub sends_mail: bool,
    pub wakes_worker: bool,
    /// An operation that this process goes on with at once.
    pub handed_over: Option<(Slot, Task)>,
}

impl After {
    /// Tells who listens in these organizations.
    pub fn tell(&self, cloud: &Cloud, orgs: impl IntoIterator<Item = OrgId>) {
        for org in orgs {
            for change in &self.changes {
                cloud.changes.tell(cloud.now(), org, change.clone());
            }
        }
    }

    /// Ends streams of who may do less, and wakes who has something to do now.
    pub fn go_on(self, cloud: &Arc<Cloud>) {
        for ended in self.ended {
            let _ = cloud.access_ended.send(ended);
        }
        cloud.webhooks.notify_one();
        if self.sends_mail {
            cloud.mail.queued.notify_one();
        }
        if let Some((slot, task)) = self.handed_over {
            cloud.crew.begin(slot, worker::work_and_tell(cloud.clone(), task));
        }
        if self.wakes_worker {
            cloud.wake.notify_one();
        }
    }
}
