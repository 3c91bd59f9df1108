//! What an output remembers of the inputs that its rows come from, so that the next run works on what is new.
//!
//! A zstd-compressed file of JSON Lines: a header, then each input followed by its pages.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::contract::CONTRACT_VERSION;
use crate::error::{Error, ErrorKind};
use crate::file::create;
use crate::partition::Partitioning;

/// What an output remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What the rows depend on beside the inputs: program, rules, settings. Where it changes, everything is read anew.
    pub made_with: String,
    /// The folders that the page tables are cut into.
    pub partitioning: Partitioning,
    /// Inputs by their source.
    pub inputs: BTreeMap<String, InputState>,
}

/// What is remembered of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputState {
    /// Size in bytes.
    pub bytes: u64,
    /// Last change, in microseconds from 1970, where the file system knows.
    pub modified: Option<i64>,
    /// Hash of its bytes; none where it cannot be read twice.
    #[serde(with = "hex::optional")]
    pub hash: Option<u128>,
    /// What tells whether it was told the same beside its bytes; 0 where nothing was.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub told: u64,
    /// Records and streams in it that could not be read.
    pub rejects: u64,
    /// The pages that its rows are of.
    #[serde(skip)]
    pub pages: Vec<PageState>,
}

impl InputState {
    /// Adds a page.
    pub fn add(&mut self, page: PageState) {
        if self.pages.is_empty() {
            // Most inputs hold one page, and there may be millions of them.
            self.pages.reserve_exact(1);
        }
        self.pages.push(page);
    }
}

/// What is remembered of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageState {
    /// Its id in the tables, as a number.
    #[serde(rename = "d", with = "hex")]
    pub doc_id: u128,
    /// The part that holds its rows; none where a capture in another input stands for the page.
    #[serde(rename = "p")]
    pub part: Option<u32>,
    /// When it was fetched, in microseconds from 1970.
    #[serde(rename = "f", skip_serializing_if = "Option::is_none", default)]
    pub fetched_at: Option<i64>,
    /// What its site is known by.
    #[serde(rename = "s", skip_serializing_if = "Option::is_none", default)]
    pub site: Option<Box<str>>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Numbers of 128 bits as the tables have them: 32 hex digits.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(number: &u128, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{number:032x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u128, D::Error> {
        u128::from_str_radix(&String::deserialize(from)?, 16).map_err(D::Error::custom)
    }

    /// Where there may be none: an empty text.
    pub(super) mod optional {
        use super::{Deserialize, Deserializer, Error, Serializer};

        pub(in super::super) fn serialize<S: Serializer>(
            number: &Option<u128>,
            to: S,
        ) -> Result<S::Ok, S::Error> {
            match number {
                Some(number) => super::serialize(number, to),
                None => to.serialize_str(""),
            }
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            from: D,
        ) -> Result<Option<u128>, D::Error> {
            let text = String::deserialize(from)?;
            if text.is_empty() {
                Ok(None)
            } else {
                u128::from_str_radix(&text, 16).map(Some).map_err(D::Error::custom)
            }
        }
    }
}

/// One line of the file.
#[derive(Serialize, Deserialize)]
enum Line {
    #[serde(rename = "state")]
    Header {
        contract: String,
        made_with: String,
        #[serde(default)]
        partitioning: Partitioning,
    },
    #[serde(rename = "input")]
    Input { source: String, input: InputState },
    #[serde(rename = "page")]
    Page(PageState),
}

impl State {
    /// Fails where another contract version wrote the state; looks at its first line only.
    ///
    /// # Errors
    /// [`ErrorKind::OtherContract`], and [`ErrorKind::Format`] where the state is broken.
    pub(crate) fn check(path: &Path) -> Result<(), Error> {
        let Some(mut lines) = lines(path)? else { return Ok(()) };
        lines.next().map_or(Ok(()), |line| header(path, line?).map(drop))
    }

    /// Reads the state of an output; none where no run has ended well yet.
    ///
    /// # Errors
    /// As [`State::check`].
    pub(crate) fn load(path: &Path) -> Result<Option<Self>, Error> {
        let Some(mut lines) = lines(path)? else { return Ok(None) };
        let Some(first) = lines.next() else { return Ok(None) };
        let (made_with, partitioning) = header(path, first?)?;
        let mut inputs: Vec<(String, InputState)> = Vec::new();
        for line in lines {
            match line? {
                Line::Input { source, input } => inputs.push((source, input)),
                Line::Page(page) => {
                    let (_, input) = inputs.last_mut().ok_or_else(|| broken(path, "a page without input"))?;
                    input.add(page);
                }
                Line::Header { .. } => return Err(broken(path, "a second header")),
            }
        }
        Ok(Some(Self { made_with, partitioning, inputs: inputs.into_iter().collect() }))
    }

    /// Writes and syncs the state.
    pub(crate) fn save(&self, path: &Path) -> Result<(), Error> {
        let file = create(path)?;
        let save = || -> io::Result<()> {
            let mut out = zstd::Encoder::new(BufWriter::new(file), zstd::DEFAULT_COMPRESSION_LEVEL)?;
            let mut line = |line: &Line| -> io::Result<()> {
                serde_json::to_writer(&mut out, line)?;
                out.write_all(b"\n")
            };
            line(&Line::Header {
                contract: CONTRACT_VERSION.into(),
                made_with: self.made_with.clone(),
                partitioning: self.partitioning,
            })?;
            for (source, input) in &self.inputs {
                let alone = InputState { pages: Vec::new(), ..input.clone() };
                line(&Line::Input { source: source.clone(), input: alone })?;
                for page in &input.pages {
                    line(&Line::Page(page.clone()))?;
                }
            }
            out.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
        };
        save().map_err(|e| Error::io("write", path, e))
    }
}

/// The lines of a state; none where there is no file.
fn lines(path: &Path) -> Result<Option<impl Iterator<Item = Result<Line, Error>>>, Error> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Error::io("read", path, e)),
    };
    let decoder = zstd::Decoder::new(file).map_err(|e| Error::io("read", path, e))?;
    Ok(Some(BufReader::new(decoder).lines().map(move |line| {
        let line = line.map_err(|e| Error::io("read", path, e))?;
        serde_json::from_str(&line).map_err(|e| broken(path, &e.to_string()))
    })))
}

/// What a header says the rows were made with, and how they are partitioned.
fn header(path: &Path, line: Line) -> Result<(String, Partitioning), Error> {
    match line {
        Line::Header { contract, made_with, partitioning } if contract == CONTRACT_VERSION => {
            Ok((made_with, partitioning))
        }
        Line::Header { contract, .. } => {
            let message = format!(
                "the output was written under contract version {contract}, this program writes {CONTRACT_VERSION}; \
                 write to another folder"
            );
            Err(Error::new(ErrorKind::OtherContract, path, message))
        }
        _ => Err(broken(path, "no header")),
    }
}

fn broken(path: &Path, what: &str) -> Error {
    Error::new(ErrorKind::Format, path, format!("not a state: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let page = |n: u32| PageState {
            doc_id: n.into(),
            part: (n != 2).then_some(n),
            fetched_at: Some(i64::from(n)),
            site: Some("example.org".into()),
        };
        let input =
            |pages| InputState { bytes: 5, modified: Some(7), hash: Some(0xab), told: 3, rejects: 1, pages };
        State {
            made_with: "0.1.0".into(),
            partitioning: Partitioning::Site,
            inputs: BTreeMap::from([
                ("a b.txt".into(), input(vec![page(1), page(2)])),
                ("c.txt".into(), input(Vec::new())),
                ("d.txt".into(), input(vec![page(3)])),
            ]),
        }
    }

    #[test]
    fn a_state_comes_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        assert_eq!(State::load(&path).unwrap(), None);
        state().save(&path).unwrap();
        assert_eq!(State::load(&path).unwrap(), Some(state()));
    }

    #[test]
    fn another_contract_and_a_broken_state_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        for (text, kind) in [
            ("{\"state\":{\"contract\":\"9.0\",\"made_with\":\"\"}}\n", ErrorKind::OtherContract),
            ("{\"state\":{}}\n", ErrorKind::Format),
            ("{\"page\":{\"d\":\"0\",\"p\":1}}\n", ErrorKind::Format),
        ] {
            std::fs::write(&path, zstd::encode_all(text.as_bytes(), 0).unwrap()).unwrap();
            assert_eq!(State::load(&path).unwrap_err().kind(), kind, "{text}");
        }
    }
}
