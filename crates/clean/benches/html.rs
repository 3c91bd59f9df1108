//! Megabytes of HTML a second: the bare tokenizer of html5gum, our scan, and the whole cleaning with metadata, over the
//! same pages; and time against size and depth of hostile ones.
//!
//! `COPYDESK_SHARED=DIR cargo bench -p copydesk-clean --bench html` takes a development set's pages too.

mod pages;

use std::hint::black_box;

use copydesk_clean::{Rules, article, scan};
use copydesk_types::Page;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use html5gum::Tokenizer;

fn sets(criterion: &mut Criterion) {
    let rules = Rules::load();
    let shared = pages::shared().unwrap_or_default();
    for (name, set) in [("made", pages::made()), ("shared", shared)] {
        if set.is_empty() {
            continue;
        }
        let mut group = criterion.benchmark_group(name);
        group
            .throughput(Throughput::Bytes(set.iter().map(|page| page.bytes.len() as u64).sum()))
            .sample_size(10);
        group.bench_function("html5gum tokenizer", |b| b.iter(|| set.iter().map(tokens).sum::<usize>()));
        group.bench_function("scan", |b| {
            b.iter(|| set.iter().map(|p| scan(&rules, p).blocks.len()).sum::<usize>())
        });
        group.bench_function("clean", |b| {
            b.iter(|| set.iter().map(|p| article(&rules, None, p).text.len()).sum::<usize>());
        });
        group.finish();
    }
}

/// Tokens of a page, all of them made and dropped.
fn tokens(page: &Page) -> usize {
    let text = String::from_utf8_lossy(&page.bytes);
    Tokenizer::new(text.as_ref()).fold(0, |count, Ok(token)| {
        black_box(token);
        count + 1
    })
}

/// Throughput must not fall with size or depth.
fn hostile(criterion: &mut Criterion) {
    let rules = Rules::load();
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    type Shape = fn(usize) -> String;
    let shapes: [(&str, Shape); 5] = [
        ("one text", |bytes| format!("<p>{}", "port ".repeat(bytes / 5))),
        ("nested div", |bytes| format!("{}x", "<div>".repeat(bytes / 5))),
        ("nested lists", |bytes| "<ul><li>port".repeat(bytes / 12)),
        ("attributes", |bytes| format!("<p {}>x", "a=\"1\" ".repeat(bytes / 6))),
        ("paragraphs", |bytes| "<p>port".repeat(bytes / 7)),
    ];
    for (name, shape) in shapes {
        for megabytes in [1, 5, 50] {
            let page = pages::page(name.to_owned(), shape(megabytes << 20).into_bytes());
            group.throughput(Throughput::Bytes(page.bytes.len() as u64));
            group.bench_with_input(BenchmarkId::new(name, format!("{megabytes} MB")), &page, |b, page| {
                b.iter(|| scan(&rules, page).blocks.len());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, sets, hostile);
criterion_main!(benches);
