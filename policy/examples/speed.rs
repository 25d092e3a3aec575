//! How long things take: `cargo run -p policy --release --example speed` prints figures. Nothing here
//! fails because a machine is slow.

use policy::{
    Bindings, CompiledPolicy, CompiledRule, CompiledService, Expression, Strategy, Value, Why,
    decide,
};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Runs it often, and says how long the middle, the slowest of a hundred and the slowest took.
fn measure(what: &str, times: usize, mut run: impl FnMut()) {
    for _ in 0..times / 10 {
        run();
    }
    let mut took: Vec<Duration> = (0..times)
        .map(|_| {
            let started = Instant::now();
            run();
            started.elapsed()
        })
        .collect();
    took.sort();
    let (middle, late, last) = (took[times / 2], took[times * 99 / 100], took[times - 1]);
    println!("{what}: p50 {middle:?}, p99 {late:?}, max {last:?}");
}

fn request() -> Bindings {
    let identity =
        Value::record([("created", "2026-11-21T11:30:00Z".into()), ("key", "EXO1".into())]);
    let parameters = Value::record([("bucket", "backup".into()), ("name", "web-1".into())]);
    Bindings::new()
        .with("service", "compute")
        .with("zone", "ch-gva-2")
        .with("now", "2026-11-21T12:00:00Z")
        .with("source_ip", "192.0.2.7")
        .with("operation", "get-instance")
        .with("resources", Value::record([("instance", Value::record([("name", "web-1".into())]))]))
        .with("identity", identity)
        .with("parameters", parameters)
}

fn policy(sources: &[&str], count: usize) -> CompiledPolicy {
    let rules = sources.iter().cycle().take(count);
    let rules = rules.map(|source| CompiledRule::new(Strategy::Deny, source)).collect();
    CompiledPolicy::new(Strategy::Allow).with("compute", CompiledService::Rules(rules))
}

fn main() {
    decisions();
    writing();
    hostile_sources();
}

/// Like the public policies, and none of them true, so that all are looked at.
const TYPICAL: [&str; 10] = [
    "operation in ['list-sos-buckets-usage', 'list-buckets', 'list-zones', 'get-quota']",
    "!(parameters.bucket in ['backup', 'my-other-bucket'])",
    "resources.instance.name != 'web-1'",
    "operation == 'create-instance' && (!parameters.has('public_ip_assignment') || \
     parameters.public_ip_assignment != 'none')",
    "identity.key == null || source_ip.inIpRange('89.145.160.0/24') || \
     source_ip.inIpRange('2a04:c46::/32')",
    "timestamp(identity.created) < timestamp(now) - duration('1h')",
    "parameters.has('type') && parameters.type != 'TXT'",
    "parameters.has('name') && !parameters.name.startsWith('web-')",
    "operation.matches('^[^-]+-object.*')",
    "operation.startsWith('create-') || operation.startsWith('delete-')",
];

fn decisions() {
    let (all, request) = (CompiledPolicy::new(Strategy::Allow), request());
    for count in [1, 10, 30, 50] {
        let role = policy(&TYPICAL, count);
        assert_eq!(decide(&all, &role, "compute", &request).why, Why::NoRule);
        measure(&format!("{count} typical rules"), 100_000, || {
            black_box(decide(&all, &role, "compute", &request));
        });
    }
    for source in TYPICAL {
        let role = policy(&[source], 30);
        measure(&format!("30 × {source:.50}"), 20_000, || {
            black_box(decide(&all, &role, "compute", &request));
        });
    }
}

fn writing() {
    for source in TYPICAL {
        measure(&format!("parsing {source:.50}"), 20_000, || {
            black_box(Expression::parse(source)).expect("an expression");
        });
    }
}

/// The set that stops other evaluators: how long until it is refused, when written and when decided.
fn hostile_sources() {
    let list = "[0,1,2,3,4,5,6,7,8,9]";
    let loops = |depth: usize| {
        let open: String = (0..depth).map(|n| format!("{list}.all(v{n},")).collect();
        format!("{open}true{}", ")".repeat(depth))
    };
    let sources = [
        ("brackets × 100,000", "(".repeat(100_000)),
        ("a[0] × 1,500", format!("a{}", "[0]".repeat(1_500))),
        ("1+ × 10,000", format!("{}1", "1+".repeat(10_000))),
        ("false || × 50,000", "false || ".repeat(50_000)),
        ("7 × .all", loops(7)),
        ("6 × .all", loops(6)),
        ("24 × .map(v, v+v)", format!("['0123456789']{} == []", ".map(v,v+v)".repeat(24))),
        ("20 × .map(v, [v,v])", format!("[1]{} == 1", ".map(v,[v,v])".repeat(20))),
        ("(a+)+$ over 1 kB", "text.matches(r'(a+)+$')".into()),
        ("\\w{100} over 1 kB", "text.matches(r'(\\w{100})*!')".into()),
        (
            "a pattern at a time",
            "[1,2,3,4,5,6,7,8,9,10].all(x, text.matches('(a+)+' + '$'))".into(),
        ),
        ("\\w{100} each time", "[1,2,3,4].all(x, 'a'.matches(r'\\w{100}' + ''))".into()),
        ("text in text", format!("{}text.contains(text)", "text.contains(text) && ".repeat(30))),
        ("text == text", format!("{}text == text", "text == text && ".repeat(60))),
        ("text + text", format!("{}text == ''", "text + ".repeat(60))),
    ];
    let all = CompiledPolicy::new(Strategy::Allow);
    let request = request().with("text", "a".repeat(1_000));
    for (what, source) in sources {
        measure(&format!("writing {what}"), 200, || {
            let _ = black_box(Expression::parse(&source));
        });
        let role = policy(&[source.as_str()], 10);
        let why = decide(&all, &role, "compute", &request).why;
        measure(&format!("deciding {what} ({why:?})"), 50, || {
            black_box(decide(&all, &role, "compute", &request));
        });
    }
}
