//! Measures how often spans are right that the model is so sure of, on sets that it wasn't trained on.

use anyhow::Result;
use copydesk_entities::{
    gazetteer::{self, Gazetteer},
    model::{self, Model, tags},
};

use super::corpus::Text;

/// Points of the curve, evenly from 0 to 1.
const POINTS: usize = 21;
/// Spans that the straight line counts for at each point, so that a few can't bend it much.
const PRIOR: f32 = 10.0;

/// A span that the model found: how sure it was, and whether the set has it.
type Judged = (f32, bool);

/// The curve from the model's own chances to the shares that are right, by one half of the texts; and a table of how the
/// other half fares with it.
pub(super) fn curve(file: &[u8], texts: &[Text]) -> Result<(Vec<f32>, String)> {
    let model = Model::read(file)?;
    let gazetteer = Gazetteer::load();
    let half =
        |odd: usize| texts.iter().skip(odd).step_by(2).flat_map(|text| judge(&model, &gazetteer, text));
    let points = points(&half(0).collect::<Vec<_>>());
    let held: Vec<Judged> =
        half(1).map(|(chance, right)| (model::calibrated(&points, chance), right)).collect();
    Ok((points, reliability(&held)))
}

fn judge(model: &Model<'_>, gazetteer: &Gazetteer, text: &Text) -> Vec<Judged> {
    let reading = copydesk_text::read(&text.text);
    let marked = tags::spans(text.lanes.iter().map(|lanes| lanes.trailing_zeros() as usize));
    let found = model::propose(model, &reading, &gazetteer::flags(gazetteer, &reading));
    found
        .into_iter()
        .map(|span| (span.confidence, marked.contains(&(span.tokens.start, span.tokens.end, span.label))))
        .collect()
}

/// At each point the share that is right among the spans near it, never falling.
fn points(judged: &[Judged]) -> Vec<f32> {
    let mut least = 0.0f32;
    (0..POINTS)
        .map(|number| {
            let point = number as f32 / (POINTS - 1) as f32;
            let (mut right, mut all) = (PRIOR * point, PRIOR);
            for &(chance, is_right) in judged {
                let near = (1.0 - (chance - point).abs() * (POINTS - 1) as f32).max(0.0);
                all += near;
                right += if is_right { near } else { 0.0 };
            }
            least = least.max(right / all);
            least
        })
        .collect()
}

/// A line for each tenth: spans, their mean confidence, the share that is right.
fn reliability(judged: &[Judged]) -> String {
    let mut table = String::from("| confidence | spans | mean | right |\n| --- | --- | --- | --- |\n");
    for tenth in 0..10 {
        let inside = judged.iter().filter(|(chance, _)| ((chance * 10.0) as usize).min(9) == tenth);
        let (mut count, mut sum, mut right) = (0, 0.0, 0);
        for &(chance, is_right) in inside {
            count += 1;
            sum += chance;
            right += usize::from(is_right);
        }
        if count > 0 {
            let (mean, share) = (sum / count as f32, right as f32 / count as f32);
            table += &format!("| .{tenth} | {count} | {mean:.2} | {share:.2} |\n");
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_follows_what_is_right() {
        let judged: Vec<Judged> = (0..1000).map(|number| (0.5, number % 10 < 8)).collect();
        let points = points(&judged);
        assert!((points[10] - 0.8).abs() < 0.02);
        assert!(points.is_sorted());
        assert_eq!(points.len(), POINTS);
        assert!(reliability(&judged).contains("| .5 | 1000 | 0.50 | 0.80 |"));
    }
}
