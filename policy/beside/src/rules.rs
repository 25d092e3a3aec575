//! Rules like those of public policies, in both languages. None is true for the request.

/// Ours, and what says the same in Cedar; where it has no such function, the nearest that it has.
pub const PAIRS: [(&str, &str); 10] = [
    (
        "operation in ['list-sos-buckets-usage', 'list-buckets', 'list-zones', 'get-quota']",
        r#"["list-sos-buckets-usage", "list-buckets", "list-zones", "get-quota"].contains(context.operation)"#,
    ),
    (
        "!(parameters.bucket in ['backup', 'my-other-bucket'])",
        r#"!(["backup", "my-other-bucket"].contains(context.parameters.bucket))"#,
    ),
    ("resources.instance.name != 'web-1'", r#"context.resources.instance.name != "web-1""#),
    (
        "operation == 'create-instance' && (!parameters.has('public_ip_assignment') || \
         parameters.public_ip_assignment != 'none')",
        r#"context.operation == "create-instance" && (!(context.parameters has public_ip_assignment) ||
           context.parameters.public_ip_assignment != "none")"#,
    ),
    (
        "identity.key == null || source_ip.inIpRange('89.145.160.0/24') || \
         source_ip.inIpRange('2a04:c46::/32')",
        r#"!(context.identity has key) || context.source_ip.isInRange(ip("89.145.160.0/24")) ||
           context.source_ip.isInRange(ip("2a04:c46::/32"))"#,
    ),
    (
        "timestamp(identity.created) < timestamp(now) - duration('1h')",
        r#"context.identity.created < context.now.offset(duration("-1h"))"#,
    ),
    (
        "parameters.has('type') && parameters.type != 'TXT'",
        r#"context.parameters has type && context.parameters.type != "TXT""#,
    ),
    (
        "parameters.has('name') && !parameters.name.startsWith('web-')",
        r#"context.parameters has name && !(context.parameters.name like "web-*")"#,
    ),
    ("operation.matches('^[^-]+-object.*')", r#"context.operation like "*-object*""#),
    (
        "operation.startsWith('create-') || operation.startsWith('delete-')",
        r#"context.operation like "create-*" || context.operation like "delete-*""#,
    ),
];
