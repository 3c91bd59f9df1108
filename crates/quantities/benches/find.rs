//! Speed of finding quantities in the body of ordinary news: MB/s of text on one core.

use std::hint::black_box;

use copydesk_quantities::{Rules, find};
use copydesk_types::{Anchor, Precision};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;

/// Paragraphs in the manner of trade and general news; every third or so has numbers, as on real pages.
const PARAGRAPHS: [&str; 8] = [
    "Customs officers at the northern border gates say that traffic picked up again after the holiday, although queues \
     remain shorter than in previous seasons and most drivers now file their papers before they arrive.",
    "Import and export turnover through the port reached US$1.6 billion in the first nine months of the year, up 16.7% on \
     the same period in 2023, while revenue collected by the department rose by VND883 billion to VND 19.042 trillion.",
    "\"We want to make life easier for companies that keep the rules,\" the deputy director said at a meeting with business \
     associations on Thursday. \"Those who do not will find that our inspectors have become much better at their work.\"",
    "Under Decision 135/QD-TCHQ, twelve branches will move to the new system by the end of March. Around 400 brokers have \
     been trained so far, and two more courses are planned for early next year.",
    "The minister did not say how the programme would be paid for. Opposition lawmakers called the announcement a stunt and \
     asked for the figures behind it, which the ministry has promised to publish together with the budget.",
    "Farmers in the delta fear for the harvest. Salt water has reached fields 60 kilometres from the coast, and at least \
     30,000 hectares of rice are at risk, according to the provincial agriculture office.",
    "Analysts expect the bank to leave its main rate at 4.5 percent when its council meets on December 12. Prices for fuel \
     fell between 3% and 5% in November, and core inflation slowed for a third straight month.",
    "The two sides have known each other for a long time, and their talks went on in a friendly mood. Neither would be drawn \
     on details, but people close to the delegations spoke of real progress on the questions that matter most.",
];

fn bench(criterion: &mut Criterion) {
    let text = PARAGRAPHS.join("\n\n").repeat(40);
    let rules = Rules::load();
    let reading = copydesk_text::read(&text);
    let anchor = Some(Anchor { date: date(2024, 12, 9), precision: Precision::Day });
    let mut group = criterion.benchmark_group("quantities");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("find", |b| b.iter(|| find(&rules, black_box(&reading), anchor)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
