//! Where a request comes from: the peer's address, or what a proxy that we trust says.

use axum::{extract::ConnectInfo, extract::Request, middleware::Next, response::Response};
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use super::SourceIp;

/// Notes the source address. Forwarded addresses are believed from `trusted` networks only, from
/// the right: the first that is not itself a trusted proxy.
pub async fn note(trusted: Arc<[IpNet]>, mut request: Request, next: Next) -> Response {
    let peer =
        request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip().to_canonical());
    let mut source = peer;
    if let Some(peer) = peer.filter(|peer| is_trusted(&trusted, *peer)) {
        let forwarded: Vec<&str> = request
            .headers()
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        source = Some(from_right(&trusted, &forwarded).unwrap_or(peer));
    }
    request.extensions_mut().insert(SourceIp(source));
    next.run(request).await
}

fn is_trusted(trusted: &[IpNet], address: IpAddr) -> bool {
    trusted.iter().any(|net| net.contains(&address))
}

fn from_right(trusted: &[IpNet], forwarded: &[&str]) -> Option<IpAddr> {
    let mut found = None;
    for text in forwarded.iter().rev() {
        let address: IpAddr = text.trim().parse().ok()?;
        found = Some(address.to_canonical());
        if !is_trusted(trusted, address) {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_address_from_the_right_that_is_no_proxy_counts() {
        let trusted: Vec<IpNet> = vec!["10.0.0.0/8".parse().expect("a network")];
        let check = |list: &[&str]| from_right(&trusted, list).map(|a| a.to_string());
        assert_eq!(check(&["1.1.1.1", "2.2.2.2", "10.0.0.1"]).as_deref(), Some("2.2.2.2"));
        assert_eq!(check(&["10.0.0.2", "10.0.0.1"]).as_deref(), Some("10.0.0.2"));
        assert_eq!(check(&["junk"]), None);
    }
}
