//! Rows that were taken out of a part: the last ones are kept beside it with everything that stood in them, and come back where they were.
use crate::kernel::merging::Boxes;
use crate::kernel::{Instant, Result, fault};

/// So many are kept of each part.
const MOST: usize = 20;
/// So long after a removal the button that undoes it stands beside the others.
const JUST_SECONDS: i64 = 120;

/// A row as it was.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Removed {
    /// `result.r1.act.a2`
    pub row: String,
    /// Its boxes with what stood in them, rows within it as well.
    boxes: Vec<(String, Vec<String>)>,
    /// The box that followed.
    before: Option<String>,
    pub at: Instant,
}

impl Removed {
    /// Its own first words, by which its writer knows it.
    #[must_use]
    pub fn words(&self) -> &str {
        let named = ["description", "name", "title", "risk", "text"].iter().find_map(|field| self.text(&format!("{}.{field}", self.row)));
        let first = || self.boxes.iter().filter(|(name, _)| !name.ends_with(".heading")).find_map(|(name, _)| self.text(name));
        named.or_else(first).unwrap_or_default()
    }
    fn text(&self, name: &str) -> Option<&str> {
        let (_, values) = self.boxes.iter().find(|(known, _)| known == name)?;
        values.first().map(String::as_str).filter(|text| !text.is_empty())
    }
    #[must_use]
    pub fn is_fresh(&self, now: Instant) -> bool {
        self.at.seconds_until(now) <= JUST_SECONDS
    }
}

/// The rows that were taken out of one part, the last one at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bin(Vec<Removed>);

impl Bin {
    /// # Errors
    /// `Fault` when it was not this house that wrote it.
    pub fn read(kept: &str) -> Result<Self> {
        if kept.is_empty() { Ok(Self::default()) } else { serde_json::from_str(kept).map(Self).map_err(fault) }
    }
    /// # Errors
    /// `Fault` when it cannot be written.
    pub fn written(&self) -> Result<String> {
        if self.0.is_empty() { Ok(String::new()) } else { serde_json::to_string(&self.0).map_err(fault) }
    }
    /// The last one first.
    #[must_use]
    pub fn rows(self) -> Vec<Removed> {
        self.0.into_iter().rev().collect()
    }
    /// Words of keys that no new row may have: plan and budget may still point to them, and the row may come back.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        let names = self.0.iter().flat_map(|removed| &removed.boxes);
        names.flat_map(|(name, _)| name.split('.')).filter(|word| is_key(word)).map(str::to_owned).collect()
    }

    /// Keeps the rows that stood in the part before and do not stand in it now; rows in which nothing was written are nothing to keep.
    pub fn fill(&mut self, before: &Boxes, after: &Boxes, now: Instant) {
        let is_there = |row: &str| after.iter().any(|(name, _)| name.strip_prefix(row).is_some_and(|rest| rest.starts_with('.')));
        let mut gone: Vec<Removed> = vec![];
        for (name, values) in before.iter().filter(|(name, _)| after.get(name).is_none()) {
            let Some(row) = rows_of(name).find(|row| !is_there(row)) else { continue };
            let held = (name.to_owned(), values.to_vec());
            match gone.iter_mut().find(|removed| removed.row == row) {
                Some(removed) => removed.boxes.push(held),
                None => gone.push(Removed { row: row.to_owned(), boxes: vec![held], before: None, at: now }),
            }
        }
        for removed in &mut gone {
            let last = removed.boxes.last().map(|(name, _)| name.clone()).unwrap_or_default();
            removed.before = before.iter().map(|(name, _)| name).skip_while(|name| *name != last).find(|name| after.get(name).is_some()).map(str::to_owned);
        }
        self.0.extend(gone.into_iter().filter(|removed| !removed.words().is_empty()));
        self.0.drain(..self.0.len().saturating_sub(MOST));
    }

    /// Takes a row out again and puts it where it was; the answer is its first box. What is there already stays as it is.
    pub fn bring_back(&mut self, row: &str, boxes: &mut Boxes) -> Option<String> {
        let place = self.0.iter().position(|removed| removed.row == row)?;
        let removed = self.0.remove(place);
        let first = removed.boxes.iter().map(|(name, _)| name).find(|name| !name.ends_with(".heading")).cloned();
        boxes.insert(removed.before.as_deref(), removed.boxes);
        first
    }
}

/// `r1`, `a12`: a letter or two and a number.
fn is_key(word: &str) -> bool {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    !digits.is_empty() && digits.len() < word.len() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

/// The rows that a box stands in, from the outermost: `result.r1` and `result.r1.act.a2` of `result.r1.act.a2.text`.
fn rows_of(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.').filter_map(|(at, _)| name.get(..at)).filter(|row| row.rsplit('.').next().is_some_and(is_key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::Part;
    use crate::applications::boxes;
    use crate::applications::content::PartContent;
    use crate::applications::logframe;
    use crate::web::Fields;

    fn at() -> Instant {
        Instant::at_tirane("2017-10-20T11:00").unwrap()
    }
    fn written() -> PartContent {
        let pairs = [
            ("impact.text", "Good governance"),
            ("impact.ind.i1.text", "Trust"),
            ("outcome.o1.text", "Engagement"),
            ("result.r1.text", "Knowledge"),
            ("result.r1.act.a1.text", "Survey"),
            ("result.r1.act.a2.text", "Focus groups"),
            ("result.r1.act.a3.text", "Forum"),
            ("result.r1.ind.i2.text", "Persons trained"),
            ("result.r2.text", "Voice"),
            ("result.r2.act.a4.text", "Hearing"),
        ];
        boxes::read(Part::Logframe, &Fields::new(pairs.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect()))
    }
    /// Removes a row as its button does; what comes back is the part without it.
    fn remove(content: &PartContent, row: &str, bin: &mut Bin) -> PartContent {
        let PartContent::Logframe(mut changed) = content.clone() else { panic!("another part") };
        logframe::change(&mut changed, "del", row, &bin.keys()).unwrap();
        let changed = PartContent::Logframe(changed);
        bin.fill(&boxes::of(content), &boxes::of(&changed), at());
        changed
    }
    fn back(content: &PartContent, row: &str, bin: &mut Bin) -> (PartContent, Option<String>) {
        let mut now = boxes::of(content);
        let focus = bin.bring_back(row, &mut now);
        (boxes::content(Part::Logframe, &now), focus)
    }

    #[test]
    fn whatever_was_removed_comes_back_where_it_was() {
        for (row, words) in [
            ("result.r1.act.a2", "Focus groups"),
            ("result.r1.act.a3", "Forum"),
            ("result.r1", "Knowledge"),
            ("result.r2", "Voice"),
            ("outcome.o1", "Engagement"),
            ("impact.ind.i1", "Trust"),
            ("result.r1.ind.i2", "Persons trained"),
        ] {
            let (whole, mut bin) = (written(), Bin::default());
            let less = remove(&whole, row, &mut bin);
            assert_ne!(less, whole);
            let kept = Bin::read(&bin.written().unwrap()).unwrap();
            assert_eq!(kept, bin);
            assert_eq!(kept.rows().iter().map(|removed| (removed.row.as_str(), removed.words())).collect::<Vec<_>>(), [(row, words)]);
            assert_eq!(back(&less, row, &mut bin), (whole, Some(format!("{row}.text"))), "{row}");
            assert_eq!(bin, Bin::default());
        }
    }

    #[test]
    fn a_new_row_never_has_the_key_of_one_that_may_come_back() {
        let (whole, mut bin) = (written(), Bin::default());
        let less = remove(&whole, "result.r2", &mut bin);
        let PartContent::Logframe(mut more) = less else { panic!("another part") };
        assert_eq!(logframe::change(&mut more, "add", "result", &bin.keys()).as_deref(), Some("result.r3.text"));
        assert_eq!(logframe::change(&mut more, "add", "activity.r3", &bin.keys()).as_deref(), Some("result.r3.act.a5.text"));
        let (both, _) = back(&PartContent::Logframe(more), "result.r2", &mut bin);
        let PartContent::Logframe(both) = both else { panic!("another part") };
        // What followed it is gone too: it comes at the end.
        assert_eq!(both.outputs.iter().map(|output| output.key.as_str()).collect::<Vec<_>>(), ["r1", "r3", "r2"]);
    }

    #[test]
    fn empty_rows_are_not_kept_and_old_ones_go() {
        let mut bin = Bin::default();
        let PartContent::Logframe(mut logframe) = written() else { panic!("another part") };
        logframe::change(&mut logframe, "add", "result", &[]).unwrap();
        remove(&PartContent::Logframe(logframe), "result.r3", &mut bin);
        assert_eq!(bin, Bin::default());
        for _ in 0..MOST + 5 {
            remove(&written(), "result.r2", &mut bin);
        }
        assert_eq!(bin.rows().len(), MOST);
        assert_eq!(Bin::default().bring_back("result.r9", &mut boxes::of(&written())), None);
    }
}
