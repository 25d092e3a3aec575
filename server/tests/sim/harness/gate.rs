//! Points that the work passes: before and after every engine call. A test lets the work hang at
//! one of them, makes the call there fail, or ends the process.

use engine::sim::{CallName, Fault, Sim};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};
use std::time::Duration;
use tokio::sync::Notify;

enum At {
    Hang,
    Inject(Arc<Sim>, CallName, Fault),
    Abort,
}

#[derive(Default)]
pub struct Gate {
    passed: Mutex<Vec<String>>,
    plan: Mutex<Option<(usize, At)>>,
    pub reached: Notify,
    pub resume: Notify,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    linger_ms: AtomicUsize,
}

impl Gate {
    /// Forgets what was passed, and what was planned.
    pub fn reset(&self) {
        self.passed.lock().unwrap().clear();
        *self.plan.lock().unwrap() = None;
    }

    /// Names of the points passed since then, such as `create.before`.
    pub fn passed(&self) -> Vec<String> {
        self.passed.lock().unwrap().clone()
    }

    fn plan(&self, index: usize, at: At) {
        self.reset();
        *self.plan.lock().unwrap() = Some((index, at));
    }

    /// Hangs at that point until [`Gate::resume`]; [`Gate::reached`] says that it does.
    pub fn hang_at(&self, index: usize) {
        self.plan(index, At::Hang);
    }

    /// Lets the call that this point is before fail.
    pub fn inject_at(&self, index: usize, sim: &Arc<Sim>, call: CallName, fault: Fault) {
        self.plan(index, At::Inject(sim.clone(), call, fault));
    }

    /// Ends the process there, as a power cut would.
    pub fn abort_at(&self, index: usize) {
        self.plan(index, At::Abort);
    }

    /// Lets every call take that long.
    pub fn linger(&self, time: Duration) {
        self.linger_ms.store(time.as_millis() as usize, Ordering::SeqCst);
    }

    /// The most engine calls that were under way at the same time.
    pub fn most_at_once(&self) -> usize {
        self.most_at_once.load(Ordering::SeqCst)
    }

    /// Passes a point where nothing can be waited for.
    pub fn pass_at_once(&self, point: &str) -> bool {
        let mut passed = self.passed.lock().unwrap();
        let mut plan = self.plan.lock().unwrap();
        let here = plan.as_ref().is_some_and(|(index, _)| *index == passed.len());
        passed.push(point.to_owned());
        if !here {
            return false;
        }
        match plan.take() {
            Some((_, At::Abort)) => std::process::abort(),
            Some((_, At::Inject(sim, call, fault))) => sim.inject(call, fault, 1),
            Some((_, At::Hang)) => return true,
            None => {}
        }
        false
    }

    async fn pass(&self, point: String) {
        if self.pass_at_once(&point) {
            self.reached.notify_one();
            self.resume.notified().await;
        }
    }

    /// A call of the engine, with a point before and one after it.
    pub async fn through<T>(&self, name: &str, call: impl Future<Output = T>) -> T {
        self.pass(format!("{name}.before")).await;
        let now = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(now, Ordering::SeqCst);
        let linger_ms = self.linger_ms.load(Ordering::SeqCst);
        if linger_ms > 0 {
            tokio::time::sleep(Duration::from_millis(linger_ms as u64)).await;
        }
        let done = call.await;
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        self.pass(format!("{name}.after")).await;
        done
    }
}
