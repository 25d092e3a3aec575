//! What hostile sources are given to.

use policy::{
    Bindings, CompiledPolicy, CompiledRule, CompiledService, Expression, Strategy, Value, decide,
    explain,
};

const STACK: usize = 256 * 1024;

/// Runs on a thread that has an eighth of what a worker of tokio has.
pub fn with_little_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(test).expect("a thread");
    thread.join().expect("the test");
}

pub fn bindings() -> Bindings {
    Bindings::new()
        .with("a", Value::record([("b", Value::list([1.into()]))]))
        .with("long", "a".repeat(1 << 20))
        .with("operation", "get-object")
}

/// A rule with this source allows nothing, whatever it is; and it is answered.
pub fn refuse(source: &str) {
    let rules = vec![CompiledRule::new(Strategy::Allow, source)];
    let role = CompiledPolicy::new(Strategy::Allow).with("compute", CompiledService::Rules(rules));
    let all = CompiledPolicy::new(Strategy::Allow);
    let decision = decide(&all, &role, "compute", &bindings());
    assert!(!decision.allowed, "{:.60}", source);
    assert_eq!(explain(&all, &role, "compute", &bindings()).0, decision);
    if let Ok(expression) = Expression::parse(source) {
        expression.lint(&policy::REQUEST);
        expression.names();
    }
}
