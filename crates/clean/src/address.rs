//! Addresses of pages: whose they are.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The host of an `http` or `https` address, lower case, without port and last dot.
pub(crate) fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next()?,
        None => host.split(':').next()?,
    };
    let host = host.trim_end_matches('.').to_lowercase();
    (!host.is_empty()).then_some(host)
}

/// The site that an address belongs to: its registrable domain by the Public Suffix List
/// (`https://www.news.example.co.uk/x` → `example.co.uk`), or the host itself where it has none (an IP address, a bare
/// name, a public suffix).
pub fn site_of(url: &str) -> Option<String> {
    let host = host(url)?;
    if host.parse::<Ipv4Addr>().is_ok() || host.parse::<Ipv6Addr>().is_ok() {
        return Some(host);
    }
    Some(psl::domain_str(&host).map(str::to_owned).unwrap_or(host))
}

/// The address that `reference` means on the page `base`: complete ones stay, `//host/x` and `/x` are completed. Others
/// are of no use for naming a page.
pub(crate) fn absolute(reference: &str, base: Option<&str>) -> Option<String> {
    let reference = reference.trim();
    if host(reference).is_some() {
        return Some(reference.to_owned());
    }
    let base = base?;
    let (scheme, _) = base.split_once("://")?;
    if let Some(rest) = reference.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let after_scheme = scheme.len() + 3;
    let authority = base[after_scheme..].split(['/', '?', '#']).next()?;
    reference.starts_with('/').then(|| format!("{scheme}://{authority}{reference}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites() {
        for (url, expected) in [
            ("https://www.example.com/a?b=http://other.org/", Some("example.com")),
            ("http://news.example.co.uk:8080/", Some("example.co.uk")),
            ("HTTPS://User:pw@Example.COM.", Some("example.com")),
            ("https://blog.example.github.io/x", Some("example.github.io")),
            ("https://zoll.gov.vn", Some("zoll.gov.vn")),
            ("https://127.0.0.1/x", Some("127.0.0.1")),
            ("https://[::1]:80/x", Some("::1")),
            ("http://localhost/x", Some("localhost")),
            ("https://bücher.example/", Some("bücher.example")),
            ("file:///home/x.html", None),
            ("example.com/x", None),
            ("http://", None),
            ("", None),
        ] {
            assert_eq!(site_of(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn completed() {
        let base = Some("https://example.com/a/b?c");
        for (reference, expected) in [
            ("https://other.org/x", Some("https://other.org/x")),
            ("//other.org/x", Some("https://other.org/x")),
            ("/x", Some("https://example.com/x")),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(absolute(reference, base).as_deref(), expected, "{reference}");
        }
        assert_eq!(absolute("/x", None), None);
    }
}
