//! Ctrl-C and SIGTERM end the children too, whatever the command is doing.

use anyhow::Result;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::process::{Child, Command};
use std::sync::Mutex;
use std::thread;

/// Children to end when we are told to end.
static CHILDREN: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Sends SIGTERM to a child.
pub fn terminate(id: u32) {
    signal(id, "TERM");
}

/// Asks a child to end, waits up to ten seconds, then forces it.
pub fn end(child: &mut Child) {
    terminate(child.id());
    for _ in 0..100 {
        if !matches!(child.try_wait(), Ok(None)) {
            forget(child.id());
            return;
        }
        thread::sleep(std::time::Duration::from_millis(100));
    }
    let _ = child.kill();
    let _ = child.wait();
    forget(child.id());
}

/// Remembers a child that must not outlive us.
pub fn remember(id: u32) {
    children().push(id);
}

/// Forgets a child that has ended.
pub fn forget(id: u32) {
    children().retain(|known| *known != id);
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
                signal(*id, if asked { "KILL" } else { "TERM" });
            }
            if exit || asked {
                std::process::exit(128 + number);
            }
            asked = true;
        }
    });
    Ok(())
}

fn children() -> std::sync::MutexGuard<'static, Vec<u32>> {
    CHILDREN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn signal(id: u32, name: &str) {
    let _ = Command::new("kill").args([&format!("-{name}"), &id.to_string()]).status();
}
