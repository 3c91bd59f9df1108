//! The stages as Unix filters: JSON Lines on standard output.

use std::io::{self, BufRead, Read, Write};

use copydesk_clean::SiteMemory;
use copydesk_tables::{Blocks, Documents, Entities, Pressed, Quantities, json};
use copydesk_types::{Anchor, Article, Precision, Reject, RejectCode, Story};
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::analysis::{Rules, cleaned, found};
use crate::run::{Settings, Stop, read_all};
use crate::status::{Failure, Status};
use crate::stream::{Sink, stream};
use crate::survey::{Survey, survey};

/// The longest line of JSON Lines that is read, in bytes.
const MAX_LINE_BYTES: u64 = 64 << 20;

/// `copydesk clean`: prints a line for every page; returns what could not be read.
pub fn clean(settings: &Settings, stop: &Stop, out: &mut (dyn Write + Send)) -> Result<Vec<Reject>, Failure> {
    let (inputs, mut rejects) = copydesk_ingest::resolve(&settings.inputs)?;
    let pool = pool(settings.threads)?;
    let rules = Rules::load();
    let memory = settings.site_memory.then(SiteMemory::default);
    let survey = match memory {
        // Without a memory there is nothing that the first pass could tell.
        None => Survey::default(),
        memory => survey(settings, &rules, memory, &pool, &inputs, stop),
    };
    stream(
        &pool,
        |sink| read_all(settings, &inputs, |_| true, stop, sink),
        |item| cleaned(&rules, survey.memory.as_ref(), &item.page?).map(|story| cleaned_line(&story)),
        |line| print(line, out, &mut rejects),
    )?;
    Ok(rejects)
}

/// How the texts of `copydesk extract` come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The whole input is one text.
    Text,
    /// `{"id", "text", "date"?}` a line.
    JsonLines,
}

/// `copydesk extract`: prints a line for every text, taken without cleaning; returns what could not be read.
pub fn extract(
    threads: usize,
    format: Format,
    name: &str,
    input: &mut (dyn BufRead + Send),
    out: &mut (dyn Write + Send),
) -> Result<Vec<Reject>, Failure> {
    let pool = pool(threads)?;
    let rules = Rules::load();
    let mut rejects = Vec::new();
    let mut failed = None;
    stream(
        &pool,
        |sink| {
            failed = match format {
                Format::Text => read_text(name, input, sink),
                Format::JsonLines => read_lines(name, input, sink),
            }
            .err();
        },
        |text: Result<Text, Reject>| {
            let text = text?;
            let article = Article::plain(text.text, text.date.as_deref().and_then(anchor));
            found(&rules, &text.id, article).map(|story| found_line(&story))
        },
        |line| print(line, out, &mut rejects),
    )?;
    match failed {
        Some(error) => {
            Err(Failure::new(Status::Io, anyhow::Error::new(error).context(format!("cannot read {name}"))))
        }
        None => Ok(rejects),
    }
}

/// A text to extract from.
#[derive(Deserialize)]
struct Text {
    #[serde(deserialize_with = "id")]
    id: String,
    text: String,
    date: Option<String>,
}

/// Ids are strings or numbers.
fn id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(id) => Ok(id),
        Value::Number(id) => Ok(id.to_string()),
        other => Err(serde::de::Error::custom(format!("expected a string or number as id, found {other}"))),
    }
}

/// The day of an ISO 8601 day or date-time.
fn anchor(date: &str) -> Option<Anchor> {
    let day = date.parse::<Date>().or_else(|_| date.parse::<DateTime>().map(DateTime::date)).ok();
    let day = day.or_else(|| date.get(..10)?.parse().ok())?;
    Some(Anchor { date: day, precision: Precision::Day })
}

fn read_text(
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut Sink<'_, Result<Text, Reject>>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(MAX_LINE_BYTES + 1).read_to_end(&mut bytes)?;
    let size = bytes.len();
    let text = if size as u64 > MAX_LINE_BYTES {
        Err(reject(name, RejectCode::TooLarge, format!("longer than {MAX_LINE_BYTES} bytes"), None, size))
    } else {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Text { id: name.to_owned(), text, date: None })
    };
    let _ = sink(text, size);
    Ok(())
}

fn read_lines(
    name: &str,
    input: &mut dyn BufRead,
    sink: &mut Sink<'_, Result<Text, Reject>>,
) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let size = (&mut *input).take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut line)?;
        if size == 0 {
            break;
        }
        if size as u64 > MAX_LINE_BYTES {
            let message = format!("line longer than {MAX_LINE_BYTES} bytes");
            let rest = skip_line(input)?;
            let lost = reject(name, RejectCode::TooLarge, message, Some(number), size + rest);
            if sink(Err(lost), 0).is_break() {
                break;
            }
            continue;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let text = serde_json::from_slice(&line).map_err(|e| {
            let message = format!("expected {{\"id\", \"text\", \"date\"?}}: {e}");
            reject(name, RejectCode::BadRecord, message, Some(number), size)
        });
        if sink(text, size).is_break() {
            break;
        }
    }
    Ok(())
}

/// Skips the rest of a line without holding it; returns its length.
fn skip_line(input: &mut dyn BufRead) -> io::Result<usize> {
    let mut skipped = 0;
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|&b| b == b'\n');
        let taken = end.map_or(buffer.len(), |at| at + 1);
        input.consume(taken);
        skipped += taken;
        if end.is_some() || taken == 0 {
            return Ok(skipped);
        }
    }
}

fn reject(name: &str, code: RejectCode, message: String, line: Option<u64>, bytes: usize) -> Reject {
    Reject { source: name.to_owned(), code, message, offset: None, line, bytes: Some(bytes as u64) }
}

fn cleaned_line(story: &Story) -> Map<String, Value> {
    let page = Pressed::new(story);
    let mut line = Map::new();
    line.insert("id".into(), story.name.as_str().into());
    line.extend(json::<Documents>(&page, &[]));
    line.insert("body".into(), story.article.body().into());
    let blocks: Vec<_> = page.blocks().map(|row| json::<Blocks>(&row, &["doc_id"])).collect();
    line.insert("blocks".into(), blocks.into());
    line
}

fn found_line(story: &Story) -> Map<String, Value> {
    const EXCEPT: [&str; 2] = ["doc_id", "block"];
    let page = Pressed::new(story);
    let entities: Vec<_> = page.entities().map(|row| json::<Entities>(&row, &EXCEPT)).collect();
    let quantities: Vec<_> = page.quantities().map(|row| json::<Quantities>(&row, &EXCEPT)).collect();
    let mut line = Map::new();
    line.insert("id".into(), story.name.as_str().into());
    line.insert("entities".into(), entities.into());
    line.insert("quantities".into(), quantities.into());
    line
}

fn print(
    line: Result<Map<String, Value>, Reject>,
    out: &mut dyn Write,
    rejects: &mut Vec<Reject>,
) -> Result<(), Failure> {
    let line = match line {
        Ok(line) => line,
        Err(reject) => {
            rejects.push(reject);
            return Ok(());
        }
    };
    let mut text = serde_json::to_vec(&line).map_err(|e| Failure::new(Status::Failed, e))?;
    text.push(b'\n');
    out.write_all(&text).map_err(|e| Failure::new(Status::Io, e))
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| Failure::new(Status::Failed, e))
}
