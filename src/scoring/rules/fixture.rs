//! What the tests of these rules have in common: a grid of a hundred points, and sheets for it.
use crate::calls::{Criterion, Grid, Section};
use crate::kernel::Bilingual;
use crate::scoring::{Points, Sheet, place};

fn criterion(key: &str, weight: i64) -> Criterion {
    Criterion { key: key.into(), question: Bilingual::same(key), weight, part: String::new() }
}

fn section(key: &str, threshold: i64, weights: &[i64]) -> Section {
    let criteria = weights.iter().enumerate().map(|(at, weight)| criterion(&format!("c{at}"), *weight)).collect();
    Section { key: key.into(), name: Bilingual::same(key), threshold, criteria }
}

pub fn grid() -> Grid {
    Grid {
        sections: vec![section("capacity", 12, &[1, 1, 1, 1]), section("relevance", 0, &[2, 2, 1, 1]), section("design", 0, &[2, 2, 2, 2, 2])],
        anchors: vec![],
        comment_at: vec![1, 2, 5],
        threshold: 60,
        readers: 2,
        gap: 20,
        tie_breaks: vec![],
        days: 14,
    }
}

pub fn total(capacity: i64, relevance: i64, design: i64) -> Points {
    let sections = [("capacity", capacity), ("relevance", relevance), ("design", design)];
    Points { total: (capacity + relevance + design) * 100, sections: sections.map(|(key, points)| (key.to_owned(), points * 100)).into() }
}

pub fn full(score: u8) -> Sheet {
    let mut sheet = Sheet::default();
    for section in &grid().sections {
        for criterion in &section.criteria {
            sheet.scores.insert(place(&section.key, &criterion.key), score);
        }
        sheet.comments.insert(section.key.clone(), "Sound.".into());
    }
    sheet
}
