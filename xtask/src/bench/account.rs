//! An organization on a server under measurement, and signed calls on its behalf.

use super::http::{Answer, Connection};
use super::sign::Key;
use crate::server::Settings;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::net::{SocketAddr, TcpStream};
use std::time::{SystemTime, UNIX_EPOCH};

const VALID_FOR_SECONDS: u64 = 500;
const EMAIL: &str = "bench@localhost";

/// Whom calls are made for, and at which zone.
pub struct Account {
    key: Key,
    address: SocketAddr,
    base: String,
}

impl Account {
    /// Makes the first organization of an empty database.
    pub fn bootstrap(settings: &Settings, zone: &str) -> Result<Self> {
        let words = ["admin", "bootstrap", "--organization", "Bench", "--email", EMAIL, "--json"];
        Account::of_key(
            settings.listen,
            &format!("/{zone}/v2"),
            &settings.admin(&words)?["api-key"],
        )
    }

    /// Makes another organization.
    pub fn another(settings: &Settings, zone: &str, name: &str) -> Result<Self> {
        let email = format!("{name}@localhost");
        let words = ["admin", "organization", "create", "--organization", name, "--email"];
        let made = settings.admin(&[&words[..], &[&email, "--json"]].concat())?;
        Account::of_key(settings.listen, &format!("/{zone}/v2"), &made["api-key"])
    }

    /// A further key of the same organization, with a role of its own that has this policy.
    pub fn with_policy(&self, name: &str, policy: &Value) -> Result<Self> {
        let mut client = self.connect()?;
        let role = json!({"name": name, "policy": policy});
        let role = client.send("POST", "/iam-role", Some(&role))?.json()?;
        let key = json!({"name": name, "role-id": role["reference"]["id"]});
        let key = client.send("POST", "/api-key", Some(&key))?.json()?;
        Account::of_key(self.address, &self.base, &key)
    }

    fn of_key(address: SocketAddr, base: &str, made: &Value) -> Result<Self> {
        let part = |name: &str| -> Result<String> {
            Ok(made[name].as_str().with_context(|| format!("no {name} in the new key"))?.to_owned())
        };
        let key = Key { key: part("key")?, secret: part("secret")? };
        Ok(Account { key, address, base: base.to_owned() })
    }

    /// A link to sign in with, once, in a browser.
    pub fn sign_in_link(settings: &Settings) -> Result<String> {
        let made = settings.admin(&["admin", "sign-in-link", "--email", EMAIL, "--json"])?;
        let link = made["sign-in-url"].as_str().context("sign-in-link printed no sign-in-url")?;
        Ok(link.to_owned())
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A whole request without a body, for a connection that one does not want back.
    pub fn get(&self, path: &str) -> Result<String> {
        let target = format!("{}{path}", self.base);
        let signed = self.authorization("GET", &target, b"")?;
        let host = self.address;
        Ok(format!("GET {target} HTTP/1.1\r\nhost: {host}\r\nauthorization: {signed}\r\n\r\n"))
    }

    fn authorization(&self, method: &str, target: &str, body: &[u8]) -> Result<String> {
        let (plain, query) = target.split_once('?').unwrap_or((target, ""));
        let mut query: Vec<(&str, &str)> =
            query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        query.sort_unstable();
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        self.key.authorization(method, plain, &query, body, now + VALID_FOR_SECONDS)
    }

    /// A connection of its own for one client.
    pub fn connect(&self) -> Result<Client<'_>> {
        let stream = TcpStream::connect(self.address)?;
        stream.set_nodelay(true)?;
        Ok(Client {
            account: self,
            connection: Connection::new(stream, &self.address.to_string()),
            count: 0,
        })
    }

    /// The body that creates an instance of the smallest type from any template.
    pub fn create_body(&self, name: &str, template: Option<&str>) -> Result<Value> {
        let mut client = self.connect()?;
        let types = client.send("GET", "/instance-type", None)?.json()?;
        let smallest = find(&types["instance-types"], |it| {
            it["family"] == "standard" && it["size"] == "micro"
        });
        let templates = client.send("GET", "/template", None)?.json()?;
        let chosen =
            find(&templates["templates"], |it| template.is_none_or(|name| it["name"] == name));
        Ok(json!({
            "name": name,
            "instance-type": {"id": smallest.context("no standard.micro")?["id"]},
            "template": {"id": chosen.context("no template")?["id"]},
            "disk-size": 10,
        }))
    }
}

fn find(list: &Value, is_it: impl Fn(&Value) -> bool) -> Option<&Value> {
    list.as_array()?.iter().find(|item| is_it(item))
}

/// One client with one connection.
pub struct Client<'a> {
    account: &'a Account,
    connection: Connection<TcpStream>,
    count: usize,
}

impl Client<'_> {
    /// A number that was not given before.
    pub fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    /// One signed call; `path` is below the zone's address and may have a query.
    pub fn send(&mut self, method: &str, path: &str, body: Option<&Value>) -> Result<Answer> {
        let target = format!("{}{path}", self.account.base);
        let body = body.map(Value::to_string).unwrap_or_default();
        let authorization = self.account.authorization(method, &target, body.as_bytes())?;
        self.connection.send(method, &target, &authorization, body.as_bytes())
    }
}
