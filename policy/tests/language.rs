//! What expressions come to: a table, most of it from google/cel-spec, `tests/simple/testdata`.

use policy::{Bindings, Expression, Fuel, Value, shown};

fn bindings() -> Bindings {
    Bindings::new()
        .with("x", 7)
        .with("name", "web")
        .with("nothing", Value::Null)
        .with("labels", Value::record([("a", "1".into()), ("b-c", "2".into())]))
        .with("list", Value::list([1.into(), "a".into(), Value::Null]))
}

/// The value as an expression writes it, or `!` and the error.
fn value(source: &str) -> String {
    let expression = match Expression::parse(source) {
        Ok(expression) => expression,
        Err(error) => return format!("?{error}"),
    };
    match expression.evaluate(&bindings(), &mut Fuel::new(100_000)) {
        Ok(value) => shown(&value),
        Err(error) => format!("!{error}"),
    }
}

/// `!` and a part of the error stands for any error with this part.
fn check(table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (source, expected) in table {
        let found = value(source);
        let is_good = match expected.strip_prefix('!') {
            Some(part) => found.starts_with('!') && found.contains(part),
            None => found == *expected,
        };
        if !is_good {
            wrong.push(format!("{source}: {found}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn literals_are_read() {
    check(&[
        ("42", "42"),
        ("0x1F", "31"),
        ("0xffu", "255u"),
        ("-0x10", "-16"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775807", "9223372036854775807"),
        ("18446744073709551615u", "18446744073709551615u"),
        ("1.5", "1.5"),
        (".5", "0.5"),
        ("1e3", "1000.0"),
        ("-2.5E-1", "-0.25"),
        ("true", "true"),
        ("null", "null"),
        ("'it\\'s'", "'it\\'s'"),
        ("\"double\"", "'double'"),
        (r#"'\x41\u00e9\U0001F431\101\n'"#, "'Aé🐱A\\n'"),
        (r#"r'\d+'"#, r#"'\\d+'"#),
        (r#"R"\d+""#, r#"'\\d+'"#),
        ("'''x''x'''", "'x\\'\\'x'"),
        ("'''two\nlines'''", "'two\\nlines'"),
        ("b'\\xff\\377a' == b'\\377\\xffa'", "true"),
        ("size(b'ÿ')", "2"),
        ("br'\\xff' == b'\\\\xff'", "true"),
        ("'\\377' == 'ÿ'", "true"),
        ("[1, 'a', null,]", "[1, 'a', null]"),
        ("{'a': 1, 2: 'b', true: [],}", "{true: [], 2: 'b', 'a': 1}"),
        ("1 // a comment\n + 1", "2"),
        ("google.protobuf.Timestamp == type(timestamp(0))", "true"),
    ]);
}

#[test]
fn numbers_are_calculated_within_their_range() {
    check(&[
        ("1 + 2 * 3 - 4 / 2", "5"),
        ("7 % 3 + -7 % 3", "0"),
        ("-7 / 2", "-3"),
        ("2u * 3u", "6u"),
        ("1.0 / 0.0", "inf"),
        ("0.1 + 0.2 == 0.3", "false"),
        ("9223372036854775807 + 1", "!out of range"),
        ("-9223372036854775808 - 1", "!out of range"),
        ("-(-9223372036854775808)", "!out of range"),
        ("-9223372036854775808 / -1", "!out of range"),
        ("-9223372036854775808 % -1", "!out of range"),
        ("-9223372036854775808 * -1", "!out of range"),
        ("0u - 1u", "!out of range"),
        ("1 / 0", "!division by zero"),
        ("1u % 0u", "!division by zero"),
        ("1 + 1u", "!+ cannot be used on int and uint"),
        ("1 + 1.0", "!cannot be used"),
        ("1.5 % 1.0", "!% cannot be used"),
        ("-5u", "!minus"),
        ("--5", "5"),
        ("!!true", "true"),
        ("!1", "!true or false"),
    ]);
}

#[test]
fn equality_goes_across_types() {
    check(&[
        ("1 == 1.0 && 1 == 1u && 1u == 1.0", "true"),
        ("1 == '1'", "false"),
        ("1 != '1'", "true"),
        ("null == false", "false"),
        ("name != null", "true"),
        ("nothing == null", "true"),
        ("[1, 2u] == [1.0, 2]", "true"),
        ("[1, [2]] == [1, [3]]", "false"),
        ("{'a': 1, 'b': [2]} == {'b': [2.0], 'a': 1u}", "true"),
        ("{'a': 1} == {'b': 1}", "false"),
        ("9007199254740993 == 9007199254740992.0", "false"),
        ("double('nan') == double('nan')", "false"),
        ("double('nan') < 1.0 || double('nan') >= 1", "false"),
        ("double('nan') < 5 || double('nan') > -5 || 5 > double('nan')", "false"),
        ("1 < 1.5 && 1.5 < 2u && -1 < 0u && -1.5 < -1", "true"),
        ("9223372036854775807 < 9223372036854775808.0", "true"),
        ("18446744073709551615u < double('inf')", "true"),
        ("-9223372036854775808 > double('-inf')", "true"),
        ("'a' < 'b' && 'Z' < 'a' && 'é' > 'z'", "true"),
        ("b'a' < b'b' && false < true", "true"),
        ("1 < 'a'", "!comparison"),
        ("null < 1", "!comparison"),
        ("[1] < [2]", "!comparison"),
        ("1 in [1.0] && 'a' in ['b', 'a']", "true"),
        ("'a' in [1, 'b']", "false"),
        ("'a' in labels && !('z' in labels)", "true"),
        ("1 in {1u: 'x'}", "true"),
        ("1 in 5", "!in cannot"),
        ("type(1) == int && type(int) == type && type(1) != uint", "true"),
    ]);
}

#[test]
fn conditions_pass_over_errors_that_do_not_matter() {
    check(&[
        ("true || missing", "true"),
        ("missing || true", "true"),
        ("false && missing.field", "false"),
        ("missing && false", "false"),
        ("missing || false", "!no value named missing"),
        ("true && 1 / 0 > 0", "!division"),
        ("1 || true", "true"),
        ("'horses' && false", "false"),
        ("1 || false", "!true or false"),
        ("missing || 1/0 > 0 || true", "true"),
        ("missing && 1/0 > 0 && false", "false"),
        ("false || false || false", "false"),
        ("true && true && true", "true"),
        ("true ? 1 : 1 / 0", "1"),
        ("1 / 0 > 0 ? 1 : 2", "!division"),
        ("'cows' ? 1 : 2", "!true or false"),
        ("x > 5 ? 'large' : x > 2 ? 'middle' : 'small'", "'large'"),
    ]);
}

#[test]
fn fields_and_indexes_are_found_or_are_errors() {
    check(&[
        ("labels.a", "'1'"),
        ("labels['b-c']", "'2'"),
        ("labels.`b-c`", "'2'"),
        (".labels.a", "'1'"),
        ("labels.missing", "!no field missing"),
        ("labels['missing']", "!no field missing"),
        ("has(labels.a) && !has(labels.missing)", "true"),
        ("labels.has('a') && !labels.has('missing')", "true"),
        ("has(missing.a)", "!no value named missing"),
        ("has(name.a)", "!has() cannot"),
        ("name.a", "!a field cannot be used on string"),
        ("list[0]", "1"),
        ("list[2.0]", "null"),
        ("list[3]", "!shorter"),
        ("list[-1]", "!shorter"),
        ("list['a']", "![…] cannot"),
        ("{1: 'a'}[1.0]", "'a'"),
        ("{1: 'a'}[2]", "!no such key"),
        ("{1.5: 'a'}", "!a key cannot"),
        ("{'a': 1, 'a': 2}", "!twice"),
        ("{1: 1, 1u: 2}", "!twice"),
        ("test", "!no value named test"),
        ("foo(1)", "!no function foo"),
        ("name.foo()", "!no function foo"),
        ("startsWith(name, 'w')", "!cannot be used"),
    ]);
}

#[test]
fn macros_go_through_lists_and_keys() {
    check(&[
        ("[1, 2, 3].all(e, e > 0)", "true"),
        ("[1, 2, 3].all(e, 6 / (2 - e) == 6)", "false"),
        ("[1, 2, 3].all(e, e / 0 != 17)", "!division"),
        ("[].all(e, e) && ![].exists(e, e)", "true"),
        ("[1, 'foo', 3].exists(e, e > 2)", "true"),
        ("[1, 'foo'].exists(e, e > 2)", "!comparison"),
        ("[1, 2].all(e, e)", "!true or false"),
        ("{'a': 1, 'b': 2}.exists(k, k == 'b')", "true"),
        ("[6, 7, 8].exists_one(foo, foo % 5 == 2)", "true"),
        ("[0, 1, 2, 3].exists_one(n, n % 2 == 1)", "false"),
        ("[3, 2, 1, 0].exists_one(n, 12 / n > 1)", "!division"),
        ("[2, 4].map(n, n / 2)", "[1, 2]"),
        ("[1, 2, 3].map(n, n > 1, n * n)", "[4, 9]"),
        ("{1: 1, 2: 4}.map(k, k * k)", "[1, 4]"),
        ("[2, 1, 0].map(n, 4 / n)", "!division"),
        ("[0, 1, 2, 3].filter(x, x % 2 == 1)", "[1, 3]"),
        ("[1, 2].map(x, [3, 4].map(y, x * y))", "[[3, 4], [6, 8]]"),
        ("[1].map(x, [2].map(x, x) + [x])", "[[2, 1]]"),
        ("[1].map(x, x) == [1] && x == 7", "true"),
        ("[[1], []].all(l, l.all(x, x == 1))", "true"),
        ("1.all(x, true)", "!a macro cannot"),
    ]);
}

#[test]
fn texts_have_their_functions() {
    check(&[
        ("'He' + 'llo' == 'Hello'", "true"),
        ("b'a' + b'b' == b'ab' && [1] + [2] == [1, 2]", "true"),
        ("size('πέντε') + 'ab'.size() + size([1]) + size({})", "8"),
        ("'foobar'.startsWith('foo') && 'foobar'.endsWith('bar')", "true"),
        ("'Straße'.contains('aß') && !'hello'.contains('ol')", "true"),
        ("'hubba'.matches('ubb') && matches('banana', 'ba(na)*')", "true"),
        ("'mañana'.matches('a+ñ+a+') && ''.matches('')", "true"),
        ("'list-zones'.matches('^get-')", "false"),
        ("name.matches('w' + '.b')", "true"),
        ("name.matches('[')", "!pattern"),
        ("name.matches('\\\\pL')", "!pattern"),
        ("x.matches('a')", "!matches cannot"),
        ("'89.145.160.9'.inIpRange('89.145.160.0/24')", "true"),
        ("'89.145.161.9'.inIpRange('89.145.160.0/24')", "false"),
        ("'2a04:c46::1'.inIpRange('2a04:c46::/32')", "true"),
        ("'10.0.0.1'.inIpRange('2a04:c46::/32')", "false"),
        ("'::ffff:10.0.0.1'.inIpRange('10.0.0.0/8')", "true"),
        ("'10.0.0.1'.inIpRange('10.0.0.1')", "!range"),
        ("'here'.inIpRange('10.0.0.0/8')", "!address"),
        ("1.inIpRange('10.0.0.0/8')", "!inIpRange cannot"),
    ]);
}

#[test]
fn types_are_converted() {
    check(&[
        ("int('-987') + int(1.9) + int(-7.9) + int(42u)", "-951"),
        ("int(1e99)", "!out of range"),
        ("int(-9223372036854775808.0)", "!out of range"),
        ("int(double('nan'))", "!out of range"),
        ("int('1.5')", "!integer"),
        ("int(timestamp('2004-09-16T23:59:59Z'))", "1095379199"),
        ("uint(3.99) + uint(1729) + uint('300')", "2032u"),
        ("uint(1e19)", "10000000000000000000u"),
        ("uint(-1)", "!out of range"),
        ("uint(18446744073709551616.0)", "!out of range"),
        ("double('-84.32e7') + double(1) + double(1u)", "-843199998.0"),
        ("double('a')", "!number"),
        ("string(123) + string(-4.5e-3) + string(9u) + string(true)", "'123-0.00459true'"),
        ("string(b'\\303\\277')", "'ÿ'"),
        ("string(b'\\000\\xff')", "!UTF-8"),
        ("bytes('abc') == b'abc'", "true"),
        ("bool('true') && !bool('F')", "true"),
        ("bool('yes')", "!true or false"),
        ("int([])", "!int cannot"),
        ("string(null)", "!string cannot"),
        ("type(dyn([1, 'one'])) == type([])", "true"),
        ("dyn", "!no value named dyn"),
    ]);
}
