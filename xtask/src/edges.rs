//! Which crate may use which of ours: data flows one way.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

/// Crate (without `copydesk-`), and ours that it may use.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("types", &[]),
    ("text", &["types"]),
    ("ingest", &["types"]),
    ("clean", &["types", "text"]),
    ("entities", &["types", "text"]),
    ("quantities", &["types", "text"]),
    ("tables", &["types"]),
    ("copydesk", &["types", "text", "ingest", "clean", "entities", "quantities", "tables"]),
];

/// Reads every manifest under `crates/` and names each forbidden edge.
pub(crate) fn check() -> Result<()> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut forbidden = Vec::new();
    let mut names: Vec<String> = fs::read_dir(&crates)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    names.sort();
    for name in names {
        let manifest = crates.join(&name).join("Cargo.toml");
        let text =
            fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
        forbidden.extend(forbidden_in(&name, &text)?);
    }
    if !forbidden.is_empty() {
        bail!("forbidden edges between crates:\n  {}", forbidden.join("\n  "));
    }
    Ok(())
}

/// The forbidden edges that a crate's manifest declares, as `a -> b`.
fn forbidden_in(name: &str, manifest: &str) -> Result<Vec<String>> {
    let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
        bail!("crates/{name} has no entry in xtask/src/edges.rs");
    };
    let mut section = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let used = line.strip_prefix("copydesk-").and_then(|rest| rest.split(['.', ' ', '=']).next());
        if let Some(used) = used.filter(|_| section == "[dependencies]")
            && !allowed.contains(&used)
        {
            found.push(format!("{name} -> {used}"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_stand() {
        check().unwrap();
    }

    #[test]
    fn a_backward_edge_is_found() {
        let manifest =
            "[dependencies]\ncopydesk-types.workspace = true\ncopydesk-tables = { path = \"../tables\" }\n";
        assert_eq!(forbidden_in("clean", manifest).unwrap(), ["clean -> tables"]);
        assert!(forbidden_in("unknown", manifest).is_err());
    }
}
