//! The eight public policies that Exoscale's documents, tools and customers have published, with
//! what they must allow and deny.
//!
//! E1 to E3: exoscale/terraform-provider-exoscale, examples. E4: exoscale/exoscale-csi-driver. E5:
//! Exoscale's page on bucket policies. E6: stephrobert/pepin. E7: exoscale-python-connector. E8:
//! serenditree/stem.

use policy::Strategy::{Allow, Deny};
use policy::{
    Bindings, CompiledPolicy, CompiledRule, CompiledService, Layer, Strategy, Value, Why, decide,
    explain,
};

type Rules<'a> = &'a [(Strategy, &'a str)];

fn role(default: Strategy, service: &str, rules: Rules<'_>) -> CompiledPolicy {
    let rules = rules.iter().map(|(action, source)| CompiledRule::new(*action, source)).collect();
    for rule in &rules as &Vec<CompiledRule> {
        rule.expression.as_ref().expect("a public expression");
    }
    CompiledPolicy::new(default).with(service, CompiledService::Rules(rules))
}

fn request(operation: &str) -> Bindings {
    Bindings::new()
        .with("operation", operation)
        .with("parameters", Value::record([("", Value::Null); 0]))
        .with("resources", Value::record([("", Value::Null); 0]))
}

fn with_parameters(operation: &str, parameters: &[(&str, &str)]) -> Bindings {
    let fields = parameters.iter().map(|(name, value)| (*name, Value::from(*value)));
    request(operation).with("parameters", Value::record(fields))
}

#[track_caller]
fn check(role: &CompiledPolicy, service: &str, request: &Bindings, expected: Strategy) {
    let organization = CompiledPolicy::new(Allow);
    let (decision, reports) = explain(&organization, role, service, request);
    assert_eq!(decision.allowed, expected == Allow, "{decision}: {reports:#?}");
    assert_eq!(decision, decide(&organization, role, service, request));
    // A role that refuses all refuses this as well, and so does an organization.
    let none = CompiledPolicy::new(Deny);
    assert!(!decide(&none, role, service, request).allowed);
    assert_eq!(decide(&none, role, service, request).layer, Layer::Organization);
}

#[test]
fn e1_two_buckets() {
    let rules: Rules = &[
        (Allow, "operation in ['list-sos-buckets-usage', 'list-buckets']"),
        (Deny, "!(parameters.bucket in ['my-test-bucket', 'my-other-bucket'])"),
        (Deny, "operation in ['create-bucket', 'delete-bucket']"),
        (Allow, "true"),
    ];
    let role = role(Deny, "sos", rules);
    check(&role, "sos", &request("list-buckets"), Allow);
    check(&role, "sos", &with_parameters("put-object", &[("bucket", "my-test-bucket")]), Allow);
    check(&role, "sos", &with_parameters("get-object", &[("bucket", "other")]), Deny);
    check(&role, "sos", &with_parameters("delete-bucket", &[("bucket", "my-test-bucket")]), Deny);
    check(&role, "compute", &request("list-zones"), Deny);
}

#[test]
fn e2_one_database() {
    let rules: Rules =
        &[(Deny, "resources.dbaas_service.name != 'my-dbaas-instance'"), (Allow, "true")];
    let role = role(Deny, "dbaas", rules);
    let about = |operation: &str, name: &str| {
        let service = Value::record([("name", Value::from(name))]);
        request(operation).with("resources", Value::record([("dbaas_service", service)]))
    };
    check(&role, "dbaas", &about("get-dbaas-service-pg", "my-dbaas-instance"), Allow);
    check(&role, "dbaas", &about("update-dbaas-service-pg", "my-dbaas-instance"), Allow);
    check(&role, "dbaas", &about("get-dbaas-service-pg", "another"), Deny);
    check(&role, "compute", &request("list-instances"), Deny);
    // There is no resource: the first rule has no value, and concludes nothing.
    check(&role, "dbaas", &request("list-dbaas-services"), Allow);
}

#[test]
fn e3_private_instances() {
    let rules: Rules = &[
        (
            Deny,
            "operation == 'create-instance' && (!parameters.has('public_ip_assignment') || \
             parameters.public_ip_assignment != 'none')",
        ),
        (Allow, "true"),
    ];
    let role = role(Allow, "compute", rules);
    let role = role.with("compute-legacy", CompiledService::Deny);
    let create = |address| with_parameters("create-instance", &[("public_ip_assignment", address)]);
    check(&role, "compute", &create("none"), Allow);
    check(&role, "compute", &create("inet4"), Deny);
    check(&role, "compute", &request("create-instance"), Deny);
    check(&role, "compute", &request("list-instances"), Allow);
    check(&role, "dbaas", &request("list-dbaas-services"), Allow);
    check(&role, "dns", &request("list-dns-domains"), Allow);
    check(&role, "compute-legacy", &request("list-zones"), Deny);
}

#[test]
fn e4_block_storage() {
    const OPERATIONS: [&str; 13] = [
        "list-zones",
        "get-block-storage-volume",
        "list-block-storage-volumes",
        "create-block-storage-volume",
        "delete-block-storage-volume",
        "attach-block-storage-volume-to-instance",
        "detach-block-storage-volume",
        "update-block-storage-volume-labels",
        "resize-block-storage-volume",
        "get-block-storage-snapshot",
        "list-block-storage-snapshots",
        "create-block-storage-snapshot",
        "delete-block-storage-snapshot",
    ];
    let source = format!("operation in ['{}']", OPERATIONS.join("', '"));
    let role = role(Deny, "compute", &[(Allow, &source)]);
    for operation in OPERATIONS {
        check(&role, "compute", &request(operation), Allow);
    }
    check(&role, "compute", &request("get-instance"), Deny);
    check(&role, "sos", &request("list-buckets"), Deny);
}

#[test]
fn e5_signed_or_from_here() {
    let source = "identity.key!=null || source_ip.inIpRange('89.145.160.0/24') || \
                  source_ip.inIpRange('2a04:c46::/32')";
    let role = role(Deny, "sos", &[(Allow, source)]);
    let from = |address: &str| request("get-object").with("source_ip", address);
    let signed = Value::record([("key", Value::from("EXO1"))]);
    let unsigned = Value::record([("key", Value::Null)]);
    check(&role, "sos", &from("192.0.2.1").with("identity", signed), Allow);
    for (address, expected) in [
        ("89.145.160.7", Allow),
        ("2a04:c46:1::1", Allow),
        ("192.0.2.1", Deny),
        ("2001:db8::1", Deny),
        ("nonsense", Deny),
    ] {
        check(&role, "sos", &from(address).with("identity", unsigned.clone()), expected);
        // The same, where there is no identity at all.
        check(&role, "sos", &from(address), expected);
    }
}

#[test]
fn e6_keys_of_an_hour() {
    let rules: Rules = &[
        (Deny, "timestamp(identity.created) < timestamp(now) - duration('1h')"),
        (Allow, "operation.startsWith('list-')"),
    ];
    let role = role(Deny, "compute", rules);
    let with_key = |operation, created: &str| {
        let identity = Value::record([("created", Value::from(created))]);
        request(operation).with("now", "2026-11-21T12:00:00Z").with("identity", identity)
    };
    check(&role, "compute", &with_key("list-zones", "2026-11-21T11:30:00Z"), Allow);
    check(&role, "compute", &with_key("list-zones", "2026-11-21T10:59:59.999Z"), Deny);
    check(&role, "compute", &with_key("get-instance", "2026-11-21T11:30:00Z"), Deny);
    check(&role, "compute", &with_key("get-instance", "2026-11-20T11:30:00Z"), Deny);
}

#[test]
fn e7_acme() {
    let rules: Rules = &[
        (Deny, "parameters.has('type') && parameters.type != 'TXT'"),
        (Deny, "parameters.has('name') && !parameters.name.startsWith('_acme-challenge')"),
        (
            Allow,
            "operation in ['list-dns-domains', 'list-dns-domain-records', \
             'create-dns-domain-record', 'delete-dns-domain-record']",
        ),
    ];
    let role = role(Deny, "dns", rules);
    let record = |operation: &str, kind: &str, name: &str| {
        with_parameters(operation, &[("type", kind), ("name", name)])
    };
    let create = "create-dns-domain-record";
    check(&role, "dns", &record(create, "TXT", "_acme-challenge.x"), Allow);
    check(&role, "dns", &request("list-dns-domains"), Allow);
    check(&role, "dns", &record(create, "A", "_acme-challenge.x"), Deny);
    check(&role, "dns", &record(create, "TXT", "www"), Deny);
    check(&role, "dns", &record("update-dns-domain-record", "TXT", "_acme-challenge.x"), Deny);
    check(&role, "dns", &request("delete-dns-domain"), Deny);
}

#[test]
fn e8_objects_of_a_bucket() {
    let rules: Rules = &[
        (Deny, "parameters.bucket != 'serenditree-backup-user'"),
        (Allow, "operation.matches('^[^-]+-object.*')"),
    ];
    let role = role(Deny, "sos", rules);
    let on = |operation: &str, bucket: &str| with_parameters(operation, &[("bucket", bucket)]);
    check(&role, "sos", &on("get-object", "serenditree-backup-user"), Allow);
    check(&role, "sos", &on("put-object", "serenditree-backup-user"), Allow);
    check(&role, "sos", &request("list-buckets"), Deny);
    check(&role, "sos", &on("get-object", "other"), Deny);
    check(&role, "sos", &on("delete-bucket", "serenditree-backup-user"), Deny);
    let all = CompiledPolicy::new(Allow);
    assert_eq!(decide(&all, &role, "sos", &request("list-buckets")).why, Why::NoRule);
    let allowed = decide(&all, &role, "sos", &on("get-object", "serenditree-backup-user"));
    assert_eq!((allowed.layer, allowed.why), (Layer::Role, Why::Rule(1)));
}

#[test]
fn others_that_are_public() {
    let read_only = "operation.startsWith('get-') || operation.startsWith('list-')";
    let viewer = role(Deny, "compute", &[(Allow, read_only)]);
    check(&viewer, "compute", &request("get-instance"), Allow);
    check(&viewer, "compute", &request("delete-instance"), Deny);
    let pool = Value::record([("sks_nodepool", Value::record([("name", Value::from("prod"))]))]);
    let rules: Rules = &[(Deny, "resource.sks_nodepool.name in ['prod']"), (Allow, "true")];
    let pools = role(Deny, "compute", rules);
    check(&pools, "compute", &request("scale-sks-nodepool").with("resource", pool), Deny);
    check(&pools, "compute", &request("scale-sks-nodepool"), Allow);
    // The bare name of a test of the Terraform provider: it parses, and is never true.
    check(&role(Allow, "sos", &[(Allow, "test")]), "sos", &request("get-object"), Deny);
}
