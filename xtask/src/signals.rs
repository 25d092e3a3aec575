//! Ctrl-C and SIGTERM end the children too, whatever the command is doing.

use anyhow::Result;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;

/// Children to end when we are told to end, as `kill` names them.
static CHILDREN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Asks a child to end, waits up to ten seconds, then forces it.
pub fn end(child: &mut Child) {
    let name = child.id().to_string();
    end_as(child, &name);
    forget(child.id());
}

/// As [`end`], with everything in the group that the child leads.
pub fn end_group(child: &mut Child) {
    let name = group(child.id());
    end_as(child, &name);
    // The leader may have gone before those it led.
    signal(&name, "KILL");
}

fn end_as(child: &mut Child, name: &str) {
    signal(name, "TERM");
    for _ in 0..100 {
        if !matches!(child.try_wait(), Ok(None)) {
            return;
        }
        thread::sleep(std::time::Duration::from_millis(100));
    }
    signal(name, "KILL");
    let _ = child.wait();
}

/// Remembers a child that must not outlive us.
pub fn remember(id: u32) {
    children().push(id.to_string());
}

/// Remembers a child with all of the group that it leads.
pub fn remember_group(id: u32) {
    children().push(group(id));
}

/// Forgets a child that has ended.
pub fn forget(id: u32) {
    let names = [id.to_string(), group(id)];
    children().retain(|known| !names.contains(known));
}

fn group(id: u32) -> String {
    format!("-{id}")
}

/// From now on a first signal is passed on to the children, and a second one kills them.
///
/// With `exit` this process ends after the first; otherwise it goes on until its child has ended.
pub fn forward(exit: bool) -> Result<()> {
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::spawn(move || {
        let mut asked = false;
        for number in signals.forever() {
            for id in children().iter() {
                signal(id, if asked { "KILL" } else { "TERM" });
            }
            if exit || asked {
                std::process::exit(128 + number);
            }
            asked = true;
        }
    });
    Ok(())
}

fn children() -> std::sync::MutexGuard<'static, Vec<String>> {
    CHILDREN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn signal(child: &str, name: &str) {
    // A group may have ended by itself.
    let kill = |command: &mut Command| command.stderr(Stdio::null()).status();
    let _ = kill(Command::new("kill").args([&format!("-{name}"), "--", child]));
}
