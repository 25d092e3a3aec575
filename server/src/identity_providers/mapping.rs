//! Mappings: which role claims come to. Expressions are those of policies, over one name, `claims`.

use crate::error::{Error, Result};
use api::{IdentityMapping, IdentityRule};
use domain::{
    RoleId,
    single_sign_on::{EXPRESSION_BYTES_MAX, RULES_MAX, mapped},
};
use policy::{Bindings, Expression, Fuel, Name, Value, from_json};

/// What a rule can read.
const NAMES: [Name<'static>; 1] = [Name { name: "claims", fields: None }];

/// How large it is; what its expressions say is shown, and refused by nobody, as with policies.
pub fn check(mapping: &IdentityMapping) -> Result<()> {
    let rules = &mapping.rules;
    if rules.len() > RULES_MAX {
        let what = format!("has {} rules, and may have {RULES_MAX}", rules.len());
        return Err(Error::field("mapping.rules", what));
    }
    let long = rules.iter().position(|rule| rule.expression.len() > EXPRESSION_BYTES_MAX);
    if let Some(at) = long {
        let what = format!("has more than {EXPRESSION_BYTES_MAX} bytes");
        return Err(Error::field(&format!("mapping.rules[{at}].expression"), what));
    }
    Ok(())
}

/// Every role that it can come to.
pub fn roles(mapping: &IdentityMapping) -> impl Iterator<Item = (String, RoleId)> + '_ {
    let rule =
        |(at, rule): (usize, &IdentityRule)| (format!("mapping.rules[{at}].role-id"), rule.role_id);
    let otherwise = mapping.default_role_id;
    let otherwise = otherwise.map(|role| ("mapping.default-role-id".to_owned(), role));
    mapping.rules.iter().enumerate().map(rule).chain(otherwise)
}

/// Why a rule is never true, or can't be what was meant.
pub fn problem(expression: &str) -> Option<String> {
    match Expression::parse(expression) {
        Err(error) => Some(error.to_string()),
        Ok(parsed) => {
            let warning = parsed.lint(&NAMES).into_iter().next()?;
            Some(format!("{} (at byte {}): {}", warning.message, warning.at, warning.hint))
        }
    }
}

/// Which rules are true of the claims. All of them share the fuel of one decision; a rule that has no
/// value is not true.
pub fn truths(mapping: &IdentityMapping, claims: &serde_json::Value) -> Vec<bool> {
    let Ok(claims) = from_json(claims) else { return vec![false; mapping.rules.len()] };
    let bindings = Bindings::new().with("claims", claims);
    let mut fuel = Fuel::of_a_decision();
    let mut holds = |rule: &IdentityRule| {
        let parsed = Expression::parse(&rule.expression).ok();
        let value = parsed.and_then(|parsed| parsed.evaluate(&bindings, &mut fuel).ok());
        matches!(value, Some(Value::Bool(true)))
    };
    mapping.rules.iter().map(&mut holds).collect()
}

/// The role that claims come to.
pub fn role(mapping: &IdentityMapping, truths: &[bool]) -> Option<RoleId> {
    let roles = mapping.rules.iter().map(|rule| rule.role_id);
    mapped(truths.iter().copied().zip(roles), mapping.default_role_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(expressions: &[&str], otherwise: Option<u128>) -> IdentityMapping {
        let role = |number: u128| RoleId(domain::Uuid::from_u128(number));
        let rules = (1..).zip(expressions).map(|(number, expression)| IdentityRule {
            expression: (*expression).to_owned(),
            role_id: role(number),
        });
        IdentityMapping { rules: rules.collect(), default_role_id: otherwise.map(role) }
    }

    fn decided(expressions: &[&str], otherwise: Option<u128>) -> Option<u128> {
        let claims = json!({ "groups": ["dev", "ops"], "email": "ann@acme.example", "level": 3 });
        let mapping = of(expressions, otherwise);
        role(&mapping, &truths(&mapping, &claims)).map(|role| role.0.as_u128())
    }

    #[test]
    fn groups_come_to_roles_and_what_has_no_value_to_none() {
        let admins = "'admins' in claims.groups";
        let developers = "claims.groups.exists(g, g.startsWith('dev'))";
        assert_eq!(decided(&[admins, developers], None), Some(2));
        assert_eq!(decided(&[admins], Some(9)), Some(9));
        assert_eq!(decided(&[admins], None), None);
        for never in
            ["claims.nothing == 'x'", "claims.level", "'true'", "claims.", "", "1 / 0 == 1"]
        {
            assert_eq!(decided(&[never, "true"], None), Some(2), "{never}");
        }
    }

    #[test]
    fn what_costs_too_much_lets_nobody_in_behind_it() {
        let costly = "claims.groups.all(a, claims.email.matches('(a|b|ab)*(bc|a(b)*)*@.{1,30}x'))";
        let many = vec![costly; RULES_MAX];
        let mapping = of(&[many.as_slice(), &["true"]].concat(), None);
        let deep = (0..40).fold(json!(1), |inner, _| json!([inner]));
        assert_eq!(role(&mapping, &truths(&mapping, &deep)), None, "claims without an end");
        assert!(
            truths(&mapping, &json!({ "groups": vec!["x"; 5_000], "email": "a".repeat(9_000) }))
                .iter()
                .all(|holds| !holds)
        );
    }

    #[test]
    fn what_is_wrong_with_a_rule_is_said() {
        assert_eq!(problem("'admins' in claims.groups && claims.email_verified == true"), None);
        for wrong in
            ["claims.groups ==", "", "group == 'admins'", "claims.email.beginsWith('a')", "'a'"]
        {
            assert!(problem(wrong).is_some(), "{wrong}");
        }
    }
}
