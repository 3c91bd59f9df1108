//! Settings in layers: defaults < `copydesk.toml` < environment < flags.
//!
//! Every setting is a row of one table; each value is carried as text with where it came from until it is parsed, so that
//! `config show` prints just what a run would use.

use std::env;
use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use copydesk::{Failure, Status};
use copydesk_tables::Partitioning;

/// A setting that can stand in the file, in the environment and on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Name in `copydesk.toml`; in the environment upper case after `COPYDESK_`.
    pub(crate) name: &'static str,
    default: &'static str,
    /// What it does.
    pub(crate) help: &'static str,
}

pub(crate) const THREADS: Setting = setting("threads", "", "worker threads; empty: the machine's cores");
pub(crate) const MEMORY_LIMIT: Setting =
    setting("memory_limit", "", "memory for pages in work, as 512M or 4G; empty: a quarter of what there is");
pub(crate) const MAX_RECORD: Setting = setting("max_record", "64M", "largest page, decompressed");
pub(crate) const SITE_MEMORY: Setting =
    setting("site_memory", "true", "take what pages of a site share as its template");
pub(crate) const PART_SIZE: Setting =
    setting("part_size", "128M", "size past which files of the tables are closed");
pub(crate) const PARTITION_BY: Setting = setting(
    "partition_by",
    "",
    "Hive folders by published_month, site, language, or none; empty: as the output is",
);
pub(crate) const KEEP_RUNS: Setting =
    setting("keep_runs", "1000", "runs whose rows the tables runs and rejects keep");
pub(crate) const LOG_FORMAT: Setting = setting("log_format", "text", "text or json");
pub(crate) const OUTPUT: Setting = setting("output", "", "folder that the tables are written to");

/// All of them, in the order in which they are shown.
pub(crate) const ALL: [Setting; 9] =
    [OUTPUT, PARTITION_BY, KEEP_RUNS, THREADS, MEMORY_LIMIT, MAX_RECORD, SITE_MEMORY, PART_SIZE, LOG_FORMAT];

/// How like a known name an unknown one must be to be offered, by Jaro-Winkler similarity.
const LIKE: f64 = 0.7;

const fn setting(name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, default, help }
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Default,
    File(PathBuf),
    Environment(String),
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => write!(f, "default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => write!(f, "environment variable {name}"),
            Self::Flag => write!(f, "command line"),
        }
    }
}

/// The layers below the flags.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    file: Option<(PathBuf, toml::Table)>,
}

impl Layers {
    /// Reads the file that is named, else `copydesk.toml` in the working folder if there is one.
    ///
    /// # Errors
    /// Where the named file is missing, or a file is not TOML or has a key that is no setting.
    pub(crate) fn load(named: Option<&Path>) -> Result<Self> {
        let path = match named {
            Some(path) => path.to_owned(),
            None if Path::new("copydesk.toml").exists() => PathBuf::from("copydesk.toml"),
            None => return Ok(Self::default()),
        };
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let table = parse(&text).with_context(|| path.display().to_string())?;
        Ok(Self { file: Some((path, table)) })
    }

    /// The value of a setting and where it came from.
    pub(crate) fn value(&self, setting: Setting, flag: Option<String>) -> (String, Origin) {
        if let Some(value) = flag {
            return (value, Origin::Flag);
        }
        let variable = format!("COPYDESK_{}", setting.name.to_uppercase());
        if let Ok(value) = env::var(&variable) {
            return (value, Origin::Environment(variable));
        }
        if let Some((path, table)) = &self.file
            && let Some(value) = table.get(setting.name)
        {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            return (text, Origin::File(path.clone()));
        }
        (setting.default.to_owned(), Origin::Default)
    }

    /// The value of a setting, parsed; none where it is empty.
    ///
    /// # Errors
    /// A wrong value, as wrong usage or as wrong configuration, by where it stands.
    pub(crate) fn parsed<T>(
        &self,
        setting: Setting,
        flag: Option<String>,
        parse: impl FnOnce(&str) -> Result<T>,
    ) -> Result<Option<T>, Failure> {
        let (value, origin) = self.value(setting, flag);
        if value.is_empty() {
            return Ok(None);
        }
        let status = if origin == Origin::Flag { Status::Usage } else { Status::Config };
        let parsed = parse(&value).with_context(|| format!("{} ({origin})", setting.name));
        parsed.map(Some).map_err(|error| Failure::new(status, error))
    }
}

/// A whole number above zero.
pub(crate) fn count(text: &str) -> Result<NonZeroUsize> {
    text.parse().map_err(|_| anyhow!("expected a number above 0, found {text:?}"))
}

/// `yes` or `no`, as TOML has it.
pub(crate) fn truth(text: &str) -> Result<bool> {
    text.parse().map_err(|_| anyhow!("expected true or false, found {text:?}"))
}

/// A key of the partitions.
pub(crate) fn partitioning(text: &str) -> Result<Partitioning> {
    text.parse().map_err(|message: String| anyhow!(message))
}

/// A size in bytes: `1000`, `64K`, `512M`, `4G`, in powers of 1024.
pub(crate) fn size(text: &str) -> Result<u64> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_uppercase().trim_end_matches('B').trim_end_matches('I') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => bail!("expected a size such as 512M or 4G, found {text:?}"),
    };
    let number: u64 =
        digits.trim().parse().map_err(|_| anyhow!("expected a size such as 512M, found {text:?}"))?;
    number.checked_mul(1 << shift).ok_or_else(|| anyhow!("{text:?} is more than any machine has"))
}

fn parse(text: &str) -> Result<toml::Table> {
    let table: toml::Table = text.parse()?;
    for key in table.keys() {
        if ALL.iter().any(|setting| setting.name == key) {
            continue;
        }
        let near = ALL
            .iter()
            .map(|setting| (strsim::jaro_winkler(setting.name, key), setting.name))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|&(likeness, _)| likeness >= LIKE);
        match near {
            Some((_, name)) => bail!("unknown key {key:?}, did you mean {name:?}?"),
            None => bail!("unknown key {key:?}; `copydesk config show` lists the keys"),
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, bytes) in
            [("7", Some(7)), ("64K", Some(65_536)), ("512MiB", Some(512 << 20)), ("4GB", Some(4 << 30))]
        {
            assert_eq!(size(text).ok(), bytes, "{text}");
        }
        for text in ["", "M", "-1", "4X", "1.5G", "99999999999T"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn unknown_keys_are_errors_that_help() {
        for (text, message) in [
            ("thread = 2", "did you mean \"threads\""),
            ("zzz = 1", "`copydesk config show`"),
            ("threads = ", "TOML parse error"),
        ] {
            let error = format!("{:#}", parse(text).unwrap_err());
            assert!(error.contains(message), "{text}: {error}");
        }
        assert!(parse("threads = 2\nsite_memory = false").is_ok());
    }

    #[test]
    fn a_flag_beats_the_file_and_the_file_beats_the_default() {
        let file = Some((PathBuf::from("copydesk.toml"), parse("max_record = \"1M\"").unwrap()));
        let layers = Layers { file };
        assert_eq!(layers.value(MAX_RECORD, Some("2M".into())), ("2M".into(), Origin::Flag));
        assert_eq!(layers.value(MAX_RECORD, None).0, "1M");
        assert_eq!(Layers::default().value(MAX_RECORD, None), ("64M".into(), Origin::Default));
        let failure = layers.parsed(MAX_RECORD, Some("x".into()), size).unwrap_err();
        assert!(failure.to_string().starts_with("max_record (command line)"), "{failure}");
        assert_eq!(failure.status, Status::Usage);
    }
}
