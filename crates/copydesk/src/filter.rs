//! The stages as Unix filters: JSON Lines on standard output.

use std::io::Write;

use anyhow::Context;
use copydesk_clean::SiteMemory;
use copydesk_ingest::{Input, Layout, Text};
use copydesk_tables::{Blocks, Documents, Entities, Pressed, Quantities, json};
use copydesk_types::{Anchor, Article, Precision, Reject, Story};
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value};

use crate::analysis::{Rules, cleaned, found};
use crate::reading::read_all;
use crate::run::Stop;
use crate::settings::Settings;
use crate::status::{Failure, Status};
use crate::stream::{Crew, stream};
use crate::survey::{Survey, survey};

/// `copydesk clean`: prints a line for every page; returns what could not be read.
pub fn clean(settings: &Settings, out: &mut (dyn Write + Send)) -> Result<Vec<Reject>, Failure> {
    // A signal ends a filter as it ends any other: nothing is to be left in order.
    let stop = &Stop::new(0);
    let (inputs, mut rejects) = copydesk_ingest::resolve(&settings.inputs)?;
    let rules = Rules::load();
    let memory = settings.site_memory.then(SiteMemory::default);
    let survey = match memory {
        // Without a memory there is nothing that the first pass could tell.
        None => Survey::default(),
        memory => survey(settings, &rules, memory, &inputs, stop),
    };
    stream(
        &settings.crew,
        |sink| read_all(settings, &inputs, |_| true, None, stop, sink),
        |item| cleaned(&rules, survey.memory.as_ref(), &item.page?).map(|story| cleaned_line(&story)),
        |line| print(line, out, &mut rejects),
    )?;
    Ok(rejects)
}

/// `copydesk extract`: prints a line for every text, taken without cleaning; returns what could not be read.
pub fn extract(
    crew: Crew,
    input: &Input,
    layout: Layout,
    limit: u64,
    out: &mut (dyn Write + Send),
) -> Result<Vec<Reject>, Failure> {
    let rules = Rules::load();
    let mut rejects = Vec::new();
    let mut reading = Ok(());
    stream(
        &crew,
        |sink| {
            reading = copydesk_ingest::texts(input, layout, limit, &mut |text| {
                let bytes = text.as_ref().map_or(0, |text| text.text.len());
                sink(text, bytes)
            });
        },
        |text: Result<Text, Reject>| {
            let text = text?;
            let article = Article::plain(text.text, text.date.as_deref().and_then(anchor));
            found(&rules, &text.id, article).map(|story| found_line(&story))
        },
        |line| print(line, out, &mut rejects),
    )?;
    reading
        .with_context(|| format!("cannot read {}", input.source()))
        .map_err(|error| Failure::new(Status::NoInput, error))?;
    Ok(rejects)
}

/// The day of an ISO 8601 day or date-time.
fn anchor(date: &str) -> Option<Anchor> {
    let day = date.parse::<Date>().or_else(|_| date.parse::<DateTime>().map(DateTime::date)).ok();
    let day = day.or_else(|| date.get(..10)?.parse().ok())?;
    Some(Anchor { date: day, precision: Precision::Day })
}

fn cleaned_line(story: &Story) -> Vec<u8> {
    let page = Pressed::new(story);
    let mut head = Map::new();
    head.insert("id".into(), story.name.as_str().into());
    head.extend(json::<Documents>(&page, &[]));
    head.insert("body".into(), story.article.body().into());
    let mut line = opened(head);
    list(&mut line, "blocks", page.blocks().map(|row| json::<Blocks>(&row, &["doc_id"])));
    closed(line)
}

fn found_line(story: &Story) -> Vec<u8> {
    const EXCEPT: [&str; 2] = ["doc_id", "block"];
    let page = Pressed::new(story);
    let mut line = opened(Map::from_iter([("id".into(), story.name.as_str().into())]));
    list(&mut line, "entities", page.entities().map(|row| json::<Entities>(&row, &EXCEPT)));
    list(&mut line, "quantities", page.quantities().map(|row| json::<Quantities>(&row, &EXCEPT)));
    closed(line)
}

/// An object as JSON that more is added to. Row by row: as values, the rows of a large page take many times its bytes.
fn opened(object: Map<String, Value>) -> Vec<u8> {
    let mut line = Value::Object(object).to_string().into_bytes();
    line.pop();
    line
}

/// Adds a list to an object that has something in it.
fn list(line: &mut Vec<u8>, name: &str, rows: impl Iterator<Item = Map<String, Value>>) {
    line.extend(format!(",\"{name}\":[").into_bytes());
    for (number, row) in rows.enumerate() {
        if number > 0 {
            line.push(b',');
        }
        line.extend(Value::Object(row).to_string().into_bytes());
    }
    line.push(b']');
}

fn closed(mut line: Vec<u8>) -> Vec<u8> {
    line.extend(b"}\n");
    line
}

fn print(
    line: Result<Vec<u8>, Reject>,
    out: &mut dyn Write,
    rejects: &mut Vec<Reject>,
) -> Result<(), Failure> {
    match line {
        Ok(line) => out.write_all(&line).map_err(|e| Failure::new(Status::Io, e)),
        Err(reject) => {
            rejects.push(reject);
            Ok(())
        }
    }
}
