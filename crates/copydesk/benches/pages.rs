//! A page through all stages, and whole runs: `cargo bench -p copydesk`.
//!
//! Pages are the samples in `seeds/`, which are short and full of names and numbers, and news pages of the development data where there
//! are any. Throughputs: of `analysis`, bytes of body text in one thread; of `run`, bytes of pages read, with reading,
//! both passes and writing, in as many threads as named.

use std::fs;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::path::Path;

use copydesk::run::{Progress, Stop, run};
use copydesk::{Crew, Rules, Selection, Settings, Stopwatch, analysis};
use copydesk_types::{Article, MediaType, Page, Reject};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Copies of each sample in the folder that the runs read.
const COPIES: usize = 100;

struct Silent;

impl Progress for Silent {
    fn begin(&self, _: usize) {}
    fn page(&self, _: usize) {}
    fn reject(&self, _: &Reject) {}
    fn end(&self) {}
}

fn samples() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let page = |path: &Path| {
        let html = path.extension().is_some_and(|ending| ending == "html");
        let media_type = if html { MediaType::Html } else { MediaType::Text };
        Page::new(path.display().to_string(), media_type, fs::read(path).expect("a page"))
    };
    paths.iter().map(|path| page(path)).collect()
}

/// Bodies of news pages of many sites, where COPYDESK_SHARED names the folder of the development data.
fn news() -> Vec<String> {
    let Some(shared) = std::env::var_os("COPYDESK_SHARED") else { return Vec::new() };
    let truth = Path::new(&shared).join("data/content/atf/truth.jsonl");
    let lines = fs::read_to_string(truth).unwrap_or_default();
    let text = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(str::to_owned)
    };
    lines.lines().filter_map(text).collect()
}

fn one_page(criterion: &mut Criterion) {
    let rules = Rules::load();
    let pages = samples();
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Bytes(pages.iter().map(|page| page.bytes.len() as u64).sum()));
    group.bench_function("all stages", |bencher| {
        let stopwatch = Stopwatch::default();
        bencher.iter(|| {
            pages
                .iter()
                .map(|page| analysis::story(&rules, None, &stopwatch, page))
                .for_each(|s| drop(black_box(s)))
        });
    });
    let cleaned = pages.iter().filter_map(|page| analysis::cleaned(&rules, None, page).ok());
    let texts: Vec<String> = cleaned.map(|story| story.article.text).collect();
    for (name, texts) in [("of the samples", texts), ("of news pages", news())] {
        if texts.is_empty() {
            continue;
        }
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.bench_function(format!("extraction from body text {name}"), |bencher| {
            bencher.iter(|| {
                for text in &texts {
                    drop(black_box(analysis::found(&rules, "text", Article::plain(text.clone(), None))));
                }
            });
        });
    }
    group.finish();
}

fn whole_run(criterion: &mut Criterion) {
    let scratch = tempfile::tempdir().expect("a folder");
    let input = scratch.path().join("pages");
    fs::create_dir(&input).expect("a folder");
    let mut bytes = 0;
    for copy in 0..COPIES {
        for (number, page) in samples().iter().enumerate() {
            let ending = if page.media_type == MediaType::Html { "html" } else { "txt" };
            fs::write(input.join(format!("{copy:04}-{number:02}.{ending}")), &page.bytes)
                .expect("a page written");
            bytes += page.bytes.len() as u64;
        }
    }
    let mut group = criterion.benchmark_group("run");
    group.throughput(Throughput::Bytes(bytes)).sample_size(10);
    for threads in [1, 2].into_iter().filter_map(NonZeroUsize::new) {
        let settings = Settings {
            inputs: vec![input.clone().into_os_string()],
            output: scratch.path().join("output"),
            crew: Crew::new(threads, 1 << 30).expect("threads"),
            part_bytes: copydesk_tables::DEFAULT_PART_BYTES,
            selection: Selection::default(),
            wait: false,
            full: true,
            prune: false,
            site_memory: true,
            partitioning: None,
            keep_runs: usize::MAX,
            ingest: copydesk_ingest::Settings::default(),
        };
        group.bench_function(format!("{} pages, {threads} threads", COPIES * samples().len()), |bencher| {
            bencher.iter(|| {
                run(&settings, &Silent, &Stop::new(0)).map_err(|failure| failure.to_string()).expect("a run")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, one_page, whole_run);
criterion_main!(benches);
