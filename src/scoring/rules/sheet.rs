//! A score sheet: what it still lacks, what may be saved of it, what it adds up to.
use crate::calls::{Grid, Section};
use crate::kernel::Reason;
use crate::kernel::merging::Boxes;
use crate::scoring::{Points, Sheet, place};
use std::collections::BTreeMap;

/// Everything that a sheet still lacks before it can be signed (rules.md 3.4): every score, words for each section, words for
/// each score that the round wants explained. A section's comment does not stand in for a score's reason.
#[must_use]
pub fn shortfalls(sheet: &Sheet, grid: &Grid) -> Vec<Reason> {
    let mut reasons = vec![];
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            match sheet.scores.get(&place) {
                None => reasons.push(Reason::new("no-score", format!("score.{place}"), |t| t.scoring_no_score(criterion.question.say(t)))),
                Some(score) if grid.comment_at.contains(score) && is_blank(&sheet.reasons, &place) => {
                    let score = i64::from(*score);
                    reasons.push(Reason::new("no-reason", format!("reason.{place}"), |t| t.scoring_no_reason(criterion.question.say(t), score)));
                }
                Some(_) => {}
            }
        }
        if is_blank(&sheet.comments, &section.key) {
            reasons.push(Reason::new("no-comment", format!("comment.{}", section.key), |t| t.scoring_no_comment(section.name.say(t))));
        }
    }
    reasons
}

fn is_blank(texts: &BTreeMap<String, String>, key: &str) -> bool {
    texts.get(key).is_none_or(|text| text.trim().is_empty())
}

/// What was typed that no sheet can hold: a score that is none.
#[must_use]
pub fn against_saving(sheet: &Sheet, grid: &Grid) -> Vec<Reason> {
    let mut reasons = vec![];
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            if sheet.scores.get(&place).is_some_and(|score| !(1..=5).contains(score)) {
                reasons.push(Reason::new("bad-score", format!("score.{place}"), |t| t.scoring_bad_score().into()));
            }
        }
    }
    reasons
}

/// The stored sheet with what has just come: nothing that is not in the form is taken away, nothing outside the grid gets in.
#[must_use]
pub fn merged(stored: &Sheet, typed: &Sheet, grid: &Grid) -> Sheet {
    let mut sheet = stored.clone();
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            if let Some(score) = typed.scores.get(&place) {
                sheet.scores.insert(place.clone(), *score);
            }
            if let Some(reason) = typed.reasons.get(&place) {
                sheet.reasons.insert(place, reason.clone());
            }
        }
        if let Some(comment) = typed.comments.get(&section.key) {
            sheet.comments.insert(section.key.clone(), comment.clone());
        }
    }
    sheet
}

/// The sheet as the boxes of its form: every one that the grid has, empty where nothing stands yet.
#[must_use]
pub fn boxes(sheet: &Sheet, grid: &Grid) -> Boxes {
    let mut boxes = Boxes::default();
    for section in &grid.sections {
        for criterion in &section.criteria {
            let place = place(&section.key, &criterion.key);
            boxes.put(&format!("score.{place}"), &sheet.scores.get(&place).map(ToString::to_string).unwrap_or_default());
            boxes.put(&format!("reason.{place}"), sheet.reasons.get(&place).map_or("", String::as_str));
        }
        boxes.put(&format!("comment.{}", section.key), sheet.comments.get(&section.key).map_or("", String::as_str));
    }
    boxes
}

/// The sheet that stands in such boxes. A score that is no number becomes 0, which no rule lets through.
#[must_use]
pub fn of_boxes(boxes: &Boxes) -> Sheet {
    let mut sheet = Sheet::default();
    for (name, values) in boxes.iter() {
        let text = crate::kernel::clean(values.first().map_or("", String::as_str));
        if text.is_empty() {
            continue;
        }
        match name.split_once('.') {
            Some(("score", place)) => {
                sheet.scores.insert(place.to_owned(), text.parse().unwrap_or(0));
            }
            Some(("reason", place)) => {
                sheet.reasons.insert(place.to_owned(), text);
            }
            Some(("comment", section)) => {
                sheet.comments.insert(section.to_owned(), text);
            }
            _ => {}
        }
    }
    sheet
}

/// What a sheet gives so far, in hundredths.
#[must_use]
pub fn points(sheet: &Sheet, grid: &Grid) -> Points {
    let of = |section: &Section| -> i64 {
        let each = section.criteria.iter().map(|criterion| (sheet.scores.get(&place(&section.key, &criterion.key)), criterion.weight));
        each.map(|(score, weight)| score.map_or(0, |score| i64::from(*score)) * weight * 100).sum()
    };
    let sections: BTreeMap<String, i64> = grid.sections.iter().map(|section| (section.key.clone(), of(section))).collect();
    Points { total: sections.values().sum(), sections }
}

/// How many criteria have a score, of how many.
#[must_use]
pub fn progress(sheet: &Sheet, grid: &Grid) -> (usize, usize) {
    let all = grid.sections.iter().flat_map(|section| section.criteria.iter().map(|criterion| place(&section.key, &criterion.key)));
    all.fold((0, 0), |(done, of), place| (done + usize::from(sheet.scores.contains_key(&place)), of + 1))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{full, grid};
    use super::*;

    #[test]
    fn a_sheet_of_fours_is_eighty_of_a_hundred() {
        assert_eq!(grid().most(), 100);
        assert_eq!(points(&full(4), &grid()).total, 8_000);
        assert_eq!(points(&Sheet::default(), &grid()).total, 0);
    }

    #[test]
    fn scores_of_one_two_and_five_need_words_of_their_own() {
        assert_eq!(shortfalls(&full(3), &grid()), vec![]);
        assert_eq!(shortfalls(&full(4), &grid()), vec![]);
        for score in [1, 2, 5] {
            let reasons = shortfalls(&full(score), &grid());
            assert_eq!(reasons.len(), 13, "{score}");
            assert!(reasons.iter().all(|reason| reason.code == "no-reason"), "{score}");
        }
        let mut sheet = full(5);
        for section in &grid().sections {
            for criterion in &section.criteria {
                sheet.reasons.insert(place(&section.key, &criterion.key), "Because.".into());
            }
        }
        assert_eq!(shortfalls(&sheet, &grid()), vec![]);
        sheet.comments.insert("design".into(), " \n".into());
        sheet.scores.remove("capacity.c0");
        let missing: Vec<(String, String)> = shortfalls(&sheet, &grid()).into_iter().map(|reason| (reason.code, reason.at)).collect();
        assert_eq!(missing, [("no-score".into(), "score.capacity.c0".into()), ("no-comment".into(), "comment.design".into())]);
    }

    #[test]
    fn a_sheet_is_the_same_after_its_boxes() {
        let mut sheet = full(4);
        sheet.scores.remove("capacity.c0");
        sheet.reasons.insert("capacity.c1".into(), "Because.".into());
        let boxes = boxes(&sheet, &grid());
        assert_eq!(of_boxes(&boxes), sheet);
        assert_eq!(boxes.get("score.capacity.c0"), Some(&[String::new()][..]));
        assert_eq!(boxes.get("score.nowhere.c0"), None);
    }

    #[test]
    fn saving_takes_nothing_away_and_lets_nothing_strange_in() {
        let stored = full(4);
        let mut typed = Sheet::default();
        typed.scores.insert("capacity.c0".into(), 2);
        typed.scores.insert("nowhere.c9".into(), 5);
        typed.comments.insert("design".into(), String::new());
        let kept = merged(&stored, &typed, &grid());
        assert_eq!(kept.scores.get("capacity.c0"), Some(&2));
        assert_eq!(kept.scores.len(), 13);
        assert_eq!(kept.comments.get("design").map(String::as_str), Some(""));
        assert_eq!(kept.comments.get("capacity").map(String::as_str), Some("Sound."));
        typed.scores.insert("capacity.c1".into(), 6);
        assert_eq!(against_saving(&typed, &grid()).len(), 1);
    }
}
