//! What can be done with a find: each operation's words, and the page that asks or has the button.

use crate::{
    path,
    text::{Text, search as text, t_with},
    ui::{Icon, icons},
};
use api::SearchHit;
use domain::list::List;

/// An operation as somebody types it.
#[derive(Debug)]
pub struct Act {
    pub operation: &'static str,
    pub label: Text,
    pub icon: Icon,
    to: fn(&SearchHit) -> String,
}

impl PartialEq for Act {
    fn eq(&self, other: &Act) -> bool {
        self.operation == other.operation
    }
}

impl Act {
    /// Where it is asked for.
    pub fn to(&self, hit: &SearchHit) -> String {
        (self.to)(hit)
    }

    /// `Stop web-1`
    pub fn says(&self, hit: &SearchHit) -> String {
        t_with(self.label, &[("name", &super::found::name(hit))])
    }
}

const fn act(
    operation: &'static str,
    label: Text,
    icon: Icon,
    to: fn(&SearchHit) -> String,
) -> Act {
    Act { operation, label, icon, to }
}

/// The page of a snapshot's instance that asks.
fn snapshot(hit: &SearchHit, ask: &str) -> String {
    let instance = hit.instance.map(|id| id.to_string()).unwrap_or_default();
    path::instance_snapshot(instance, ask, &hit.id)
}

/// Whether a find is of the kind whose act it is: snapshots and instances share one.
fn reverted(hit: &SearchHit) -> String {
    match hit.instance {
        Some(_) => snapshot(hit, "revert"),
        None => path::instance_tab(&hit.id, "snapshots"),
    }
}

/// All of them, by operation.
pub static ACTS: &[Act] = &[
    act("start-instance", text::START, icons::PLAY, |hit| path::instance_confirm(&hit.id, "start")),
    act("stop-instance", text::STOP, icons::SQUARE, |hit| path::instance_confirm(&hit.id, "stop")),
    act("reboot-instance", text::REBOOT, icons::ROTATE_CW, |hit| {
        path::instance_confirm(&hit.id, "reboot")
    }),
    act("create-snapshot", text::SNAPSHOT, icons::CAMERA, |hit| {
        path::instance_tab(&hit.id, "snapshots")
    }),
    act("reset-instance-password", text::PASSWORD, icons::KEY, |hit| {
        path::instance_confirm(&hit.id, "reset-password")
    }),
    act("scale-instance", text::SCALE, icons::CPU, |hit| path::instance_tab(&hit.id, "settings")),
    act("resize-instance-disk", text::GROW, icons::HARD_DRIVE, |hit| {
        path::instance_tab(&hit.id, "settings")
    }),
    act("update-instance", text::CHANGE, icons::PENCIL, |hit| {
        path::instance_tab(&hit.id, "settings")
    }),
    act("revert-instance-to-snapshot", text::REVERT, icons::UNDO_2, reverted),
    act("reset-instance", text::RESET, icons::UNDO_2, |hit| {
        path::instance_confirm(&hit.id, "reset")
    }),
    act("delete-instance", text::DELETE, icons::TRASH_2, |hit| {
        path::instance_confirm(&hit.id, "delete")
    }),
    act("create-instance", text::USE, icons::PLUS, |hit| {
        path::instance_create_from(hit.zone.as_deref().unwrap_or_default(), &hit.id)
    }),
    act("update-template", text::CHANGE, icons::PENCIL, |hit| path::template_act(&hit.id, "edit")),
    act("delete-template", text::DELETE, icons::TRASH_2, |hit| {
        path::template_act(&hit.id, "delete")
    }),
    act("promote-snapshot-to-template", text::PROMOTE, icons::LAYERS, |hit| {
        snapshot(hit, "promote")
    }),
    act("export-snapshot", text::EXPORT, icons::DOWNLOAD, |hit| path::snapshot(&hit.id)),
    act("delete-snapshot", text::DELETE, icons::TRASH_2, |hit| snapshot(hit, "delete-snapshot")),
    act("update-saved-view", text::CHANGE, icons::PENCIL, |hit| path::view(list(hit), &hit.id)),
    act("delete-saved-view", text::DELETE, icons::TRASH_2, |hit| {
        path::view_delete(list(hit), &hit.id)
    }),
    act("delete-ssh-key", text::DELETE, icons::TRASH_2, |hit| path::ssh_key_delete(&hit.id)),
    act("delete-api-key", text::REVOKE, icons::TRASH_2, |hit| path::api_key_delete(&hit.id)),
    act("retry-operation", text::RETRY, icons::ROTATE_CW, |hit| path::operation(&hit.id)),
];

pub fn list(hit: &SearchHit) -> List {
    hit.list.unwrap_or(List::Instances)
}

/// What can be done with a find now.
pub fn of(hit: &SearchHit) -> impl Iterator<Item = &'static Act> {
    hit.can.iter().filter_map(|can| ACTS.iter().find(|act| act.operation == can))
}
