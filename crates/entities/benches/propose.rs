//! Words a second on one core: the whole way from raw text to mentions, and its parts.

use std::hint::black_box;

use copydesk_entities::{
    Rules, find,
    gazetteer::{self, Gazetteer},
    model::{self, Model},
};
use copydesk_types::Article;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Times that the sample stands in the text of a page: some 8,000 words.
const REPEATS: usize = 20;

fn bench(criterion: &mut Criterion) {
    let text = [include_str!("sample.txt")].repeat(REPEATS).join("\n");
    let words = text.split_whitespace().count();
    let mut group = criterion.benchmark_group("entities");
    group.throughput(Throughput::Elements(words as u64));

    group.bench_function("read", |bencher| bencher.iter(|| copydesk_text::read(black_box(&text))));

    let (gazetteer, model) = (Gazetteer::load(), Model::embedded());
    group.bench_function("read and tag", |bencher| {
        bencher.iter(|| {
            let reading = copydesk_text::read(black_box(&text));
            let flags = gazetteer::flags(&gazetteer, &reading);
            model::propose(&model, &reading, &flags)
        });
    });

    let rules = Rules::load();
    let article = Article::plain(text.clone(), None);
    group.bench_function("read and find", |bencher| {
        bencher.iter(|| find(&rules, &article, &copydesk_text::read(black_box(&article.text))));
    });
    group.bench_function("load", |bencher| bencher.iter(Model::embedded));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
