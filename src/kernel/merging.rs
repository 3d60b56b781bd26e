//! Two people, or two windows, in one part: what each changed is kept, box by box; only where both changed the same box must somebody choose.
//! Every box carries a mark of what stood in it when its writer began, so nobody's text is overwritten unseen.
use crate::kernel::{Instant, Money, Quantity, clean, fingerprint};
use std::collections::{HashMap, HashSet};

/// What stands in the boxes of a form, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boxes(Vec<(String, Vec<String>)>);

impl Boxes {
    pub fn put(&mut self, name: &str, text: &str) {
        self.put_all(name, vec![text.to_owned()]);
    }
    /// For boxes that can be ticked together: all of one name.
    pub fn put_all(&mut self, name: &str, values: Vec<String>) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = values,
            None => self.0.push((name.to_owned(), values)),
        }
    }
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&[String]> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, values)| values.as_slice())
    }
    /// As a form would send them.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        self.0.iter().flat_map(|(name, values)| values.iter().map(move |value| (name.clone(), value.clone()))).collect()
    }
    /// Every box with its mark; empty boxes, whose mark is empty, apart.
    #[must_use]
    pub fn marks(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(name, values)| (name.clone(), mark(name, values))).filter(|(_, mark)| !mark.is_empty()).collect()
    }
    /// Puts boxes in front of this one; at the end where it is not there. Those that are there already stay as they are.
    pub fn insert(&mut self, before: Option<&str>, boxes: Vec<(String, Vec<String>)>) {
        let mut place = before.and_then(|before| self.0.iter().position(|(name, _)| name == before)).unwrap_or(self.0.len());
        for (name, values) in boxes {
            if self.get(&name).is_none() {
                self.0.insert(place, (name, values));
                place += 1;
            }
        }
    }
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice()))
    }
}

/// Whether the boxes of this name are ticked: any number of them, also none, and then a form does not send the name at all.
#[must_use]
pub fn is_many(name: &str) -> bool {
    matches!(name, "municipalities" | "themes" | "agreed" | "active_in" | "vat_registered") || name.rsplit('.').next() == Some("month")
}

/// What stands in a box, whichever way it is written: `1.240,50` and `1,240.50` are the same amount, and ticks have no order.
fn meaning(name: &str, values: &[String]) -> String {
    if is_many(name) {
        let mut values: Vec<&str> = values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect();
        values.sort_unstable();
        return values.join("\n");
    }
    let text = clean(values.first().map_or("", String::as_str)).replace("\r\n", "\n");
    let last = name.rsplit('.').next().unwrap_or_default();
    match last {
        "unit_cost" | "indirect" | "reserve" | "own_contribution" | "other_contribution" => {
            Money::typed(&text).map_or(text, |amount| amount.decimal().to_string())
        }
        "number" => Quantity::typed(&text).map_or(text, |number| number.decimal().to_string()),
        _ => text,
    }
}

/// The mark of what stands in a box: short, the same for the same meaning, empty for an empty box.
#[must_use]
pub fn mark(name: &str, values: &[String]) -> String {
    let meaning = meaning(name, values);
    if meaning.is_empty() { meaning } else { fingerprint(meaning.as_bytes()).chars().take(12).collect() }
}

/// A box as somebody's form has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub name: String,
    pub values: Vec<String>,
    /// Of what stood in the box when its writer began.
    pub mark: String,
}
impl Typed {
    fn is_changed(&self) -> bool {
        mark(&self.name, &self.values) != self.mark
    }
}

/// A box that two people changed at once, or whose row somebody else took away: nobody's text is lost, somebody must choose.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Meanwhile {
    pub name: String,
    /// What the other one wrote, several ticks on lines of their own.
    pub theirs: String,
    #[serde(skip)]
    pub typed: Vec<String>,
    /// Of theirs: whoever sends it back has seen it.
    pub mark: String,
    /// The box is not there any more.
    pub gone: bool,
}

/// What became of boxes that were sent.
#[derive(Clone, Debug)]
pub struct Written {
    pub version: i32,
    pub saved_at: Instant,
    /// As they are kept now.
    pub boxes: Boxes,
    /// What somebody else, or another window, changed too: kept is theirs, until the writer chooses.
    pub meanwhile: Vec<Meanwhile>,
}

/// Puts what was typed into what is kept now. A box that its writer left alone stays as it is kept; a changed one is taken where
/// nobody else changed it; the others come back. `whole`: a whole form was sent, so a row that somebody else removed while its writer
/// changed it comes back with everything in it.
pub fn merge(kept: &mut Boxes, typed: &[Typed], whole: bool) -> Vec<Meanwhile> {
    let mut meanwhile = vec![];
    let revived: Vec<&str> = if whole {
        typed.iter().filter(|typed| typed.is_changed() && kept.get(&typed.name).is_none()).map(|typed| row_of(&typed.name)).collect()
    } else {
        vec![]
    };
    for typed in typed {
        let Some(now) = kept.get(&typed.name) else {
            // A row within a row that came back: what it stands in comes back too.
            let row = row_of(&typed.name);
            if revived.iter().any(|back| *back == row || back.starts_with(&format!("{row}."))) {
                kept.put_all(&typed.name, typed.values.clone());
            } else if !whole && typed.is_changed() {
                meanwhile.push(Meanwhile { name: typed.name.clone(), theirs: String::new(), typed: typed.values.clone(), mark: String::new(), gone: true });
            }
            continue;
        };
        let mark_now = mark(&typed.name, now);
        let wanted = mark(&typed.name, &typed.values);
        if wanted == typed.mark || wanted == mark_now {
            continue;
        }
        if mark_now == typed.mark {
            kept.put_all(&typed.name, typed.values.clone());
        } else {
            meanwhile.push(Meanwhile { name: typed.name.clone(), theirs: now.join("\n"), typed: typed.values.clone(), mark: mark_now, gone: false });
        }
    }
    meanwhile
}

/// What a workbook says of a part. It shows all rows at once, so a row that it has no more is meant to go, and its order is meant.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub typed: Vec<Typed>,
    /// Rows that are to go: `line.l3`, `result.r1.act.a2`.
    pub gone: Vec<String>,
    /// Marks of what stood in the boxes when its writer began, by their names.
    pub base: HashMap<String, String>,
}

/// Puts a workbook into what is kept now. Its boxes are merged as a form's are; the answer is what two people changed at once, and the
/// rows that stay although the workbook has them no more, because somebody else changed them since.
pub fn lay(kept: &mut Boxes, sheet: &Sheet) -> (Vec<Meanwhile>, Vec<String>) {
    let stayed = remove(kept, sheet);
    let meanwhile = merge(kept, &sheet.typed, true);
    arrange(kept, &sheet.typed);
    (meanwhile, stayed)
}

fn remove(kept: &mut Boxes, sheet: &Sheet) -> Vec<String> {
    let touched = |name: &str, values: &[String]| sheet.base.get(name).map_or("", String::as_str) != mark(name, values);
    let there: HashSet<&str> = kept.iter().map(|(name, _)| row_of(name)).collect();
    let gone: HashSet<&str> = sheet.gone.iter().map(String::as_str).filter(|row| there.contains(row)).collect();
    let changed: HashSet<&str> = kept.iter().filter(|(name, values)| touched(name, values)).map(|(name, _)| row_of(name)).collect();
    let staying: Vec<&str> = there.iter().copied().filter(|row| !gone.contains(row) || changed.contains(row)).collect();
    // A row stays with what stays in it.
    let holds = |row: &str| staying.iter().any(|other| *other == row || other.strip_prefix(row).is_some_and(|rest| rest.starts_with('.')));
    let leaving: HashSet<String> = gone.iter().filter(|row| !holds(row)).map(|row| (*row).to_owned()).collect();
    let stayed = sheet.gone.iter().filter(|row| gone.contains(row.as_str()) && !leaving.contains(*row)).cloned().collect();
    kept.0.retain(|(name, _)| !leaving.contains(row_of(name)));
    stayed
}

/// The order of what was typed; a box that it does not know stays behind the one that it stood behind.
fn arrange(kept: &mut Boxes, typed: &[Typed]) {
    let places: HashMap<&str, usize> = typed.iter().enumerate().map(|(place, typed)| (typed.name.as_str(), place)).collect();
    let mut last = None;
    let mut placed: Vec<(Option<usize>, (String, Vec<String>))> = vec![];
    for one in std::mem::take(&mut kept.0) {
        last = places.get(one.0.as_str()).copied().or(last);
        placed.push((last, one));
    }
    placed.sort_by_key(|(place, _)| *place);
    kept.0 = placed.into_iter().map(|(_, one)| one).collect();
}

/// The row that a box stands in: `result.r1.act.a2` of `result.r1.act.a2.text`; a box outside all rows is its own.
pub fn row_of(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(row, _)| row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxes(pairs: &[(&str, &str)]) -> Boxes {
        let mut boxes = Boxes::default();
        for (name, text) in pairs {
            boxes.put(name, text);
        }
        boxes
    }
    fn typed(base: &Boxes, pairs: &[(&str, &str)]) -> Vec<Typed> {
        let one = |(name, text): &(&str, &str)| Typed {
            name: (*name).into(),
            values: vec![(*text).into()],
            mark: base.get(name).map_or_else(String::new, |values| mark(name, values)),
        };
        pairs.iter().map(one).collect()
    }
    fn text<'b>(boxes: &'b Boxes, name: &str) -> &'b str {
        boxes.get(name).map_or("-", |values| values[0].as_str())
    }

    #[test]
    fn different_boxes_merge() {
        let base = boxes(&[("a", "1"), ("b", "2")]);
        let mut kept = boxes(&[("a", "theirs"), ("b", "2")]);
        assert!(merge(&mut kept, &typed(&base, &[("a", "1"), ("b", "mine")]), true).is_empty());
        assert_eq!((text(&kept, "a"), text(&kept, "b")), ("theirs", "mine"));
    }

    fn sheet(base: &Boxes, pairs: &[(&str, &str)], gone: &[&str]) -> Sheet {
        let base_marks = base.iter().map(|(name, values)| (name.to_owned(), mark(name, values))).collect();
        Sheet { typed: typed(base, pairs), gone: gone.iter().map(|row| (*row).to_owned()).collect(), base: base_marks }
    }
    fn names(boxes: &Boxes) -> Vec<&str> {
        boxes.iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_workbook_takes_its_rows_away_and_sets_their_order_but_never_what_others_wrote_since() {
        let base = boxes(&[("r.1.t", "a"), ("r.2.t", "b"), ("r.3.t", "c")]);
        let mut kept = boxes(&[("r.1.t", "a"), ("r.2.t", "theirs"), ("r.3.t", "c"), ("r.4.t", "new"), ("x", "")]);
        let (meanwhile, stayed) = lay(&mut kept, &sheet(&base, &[("r.9.t", "mine"), ("r.3.t", "c")], &["r.1", "r.2"]));
        assert!(meanwhile.is_empty());
        assert_eq!(stayed, ["r.2"]);
        assert_eq!(names(&kept), ["r.2.t", "r.9.t", "r.3.t", "r.4.t", "x"]);
        assert_eq!(text(&kept, "r.2.t"), "theirs");
    }

    #[test]
    fn a_row_stays_with_what_stays_in_it() {
        let base = boxes(&[("r.1.t", "a"), ("r.1.s.1.t", "b"), ("r.10.t", "c")]);
        let mut kept = boxes(&[("r.1.t", "a"), ("r.1.s.1.t", "b"), ("r.1.s.2.t", "theirs"), ("r.10.t", "c")]);
        let (_, stayed) = lay(&mut kept, &sheet(&base, &[("r.10.t", "c")], &["r.1", "r.1.s.1"]));
        assert_eq!(stayed, ["r.1"]);
        assert_eq!(names(&kept), ["r.1.t", "r.1.s.2.t", "r.10.t"]);
        let mut alone = base.clone();
        assert!(lay(&mut alone, &sheet(&base, &[("r.10.t", "c")], &["r.1", "r.1.s.1"])).1.is_empty());
        assert_eq!(names(&alone), ["r.10.t"]);
    }

    #[test]
    fn the_same_box_comes_back_with_both_texts_and_the_second_save_is_a_choice() {
        let base = boxes(&[("a", "1")]);
        let mut kept = boxes(&[("a", "theirs")]);
        let found = merge(&mut kept, &typed(&base, &[("a", "mine")]), false);
        assert_eq!(text(&kept, "a"), "theirs");
        assert_eq!((found[0].theirs.as_str(), found[0].typed[0].as_str(), found[0].gone), ("theirs", "mine", false));
        let chosen = [Typed { name: "a".into(), values: vec!["mine".into()], mark: found[0].mark.clone() }];
        assert!(merge(&mut kept, &chosen, false).is_empty());
        assert_eq!(text(&kept, "a"), "mine");
    }

    #[test]
    fn a_save_whose_answer_was_lost_is_no_conflict_with_itself() {
        let base = boxes(&[("a", "")]);
        let mut kept = boxes(&[("a", "sent before")]);
        assert!(merge(&mut kept, &typed(&base, &[("a", "sent before")]), false).is_empty());
    }

    #[test]
    fn a_removed_row_stays_removed_unless_its_writer_changed_it() {
        let base = boxes(&[("line.l1.heading", "travel"), ("line.l1.unit", "km"), ("line.l1.unit_cost", "0.4")]);
        let untouched = typed(&base, &[("line.l1.heading", "travel"), ("line.l1.unit", "km"), ("line.l1.unit_cost", "0,40")]);
        let mut kept = Boxes::default();
        assert!(merge(&mut kept, &untouched, true).is_empty());
        assert_eq!(kept, Boxes::default());
        let changed = typed(&base, &[("line.l1.heading", "travel"), ("line.l1.unit", "mile"), ("line.l1.unit_cost", "0,40")]);
        assert!(merge(&mut kept, &changed, true).is_empty());
        assert_eq!((text(&kept, "line.l1.heading"), text(&kept, "line.l1.unit")), ("travel", "mile"));
        // One box alone cannot bring a row back: its writer is told.
        let mut kept = Boxes::default();
        assert!(merge(&mut kept, &changed[1..2], false)[0].gone);
    }

    #[test]
    fn a_row_within_a_row_comes_back_with_what_it_stands_in() {
        let base = boxes(&[("result.r1.text", "R"), ("result.r1.act.a1.text", "A")]);
        let mut kept = boxes(&[("impact.text", "I")]);
        merge(&mut kept, &typed(&base, &[("result.r1.text", "R"), ("result.r1.act.a1.text", "A!")]), true);
        assert_eq!((text(&kept, "result.r1.text"), text(&kept, "result.r1.act.a1.text")), ("R", "A!"));
    }

    #[test]
    fn amounts_and_ticks_are_compared_by_their_meaning() {
        assert_eq!(mark("line.l1.unit_cost", &["1240.5".into()]), mark("line.l1.unit_cost", &["1.240,50".into()]));
        assert_eq!(mark("themes", &["T02".into(), "T01".into()]), mark("themes", &["T01".into(), "T02".into()]));
        assert_ne!(mark("title", &["1240.5".into()]), mark("title", &["1.240,50".into()]));
        assert_eq!(mark("title", &[" a\r\nb ".into()]), mark("title", &["a\nb".into()]));
    }

    proptest! {
        /// Whoever merges last: every change is either kept or comes back, and what nobody touched stays.
        #[test]
        fn nothing_is_lost(base in prop::collection::vec("[a-c]{0,2}", 4), mine in prop::collection::vec("[a-c]{0,2}", 4), theirs in prop::collection::vec("[a-c]{0,2}", 4)) {
            let names = ["w", "x", "y", "z"];
            let all = |texts: &[String]| boxes(&names.iter().zip(texts).map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>());
            let (base, mine, theirs) = (all(&base), all(&mine), all(&theirs));
            let sent: Vec<Typed> = names.iter().map(|name| Typed { name: (*name).into(), values: mine.get(name).unwrap().to_vec(), mark: mark(name, base.get(name).unwrap()) }).collect();
            let mut kept = theirs.clone();
            let back = merge(&mut kept, &sent, true);
            for name in names {
                let (was, my, their, now) = (text(&base, name), text(&mine, name), text(&theirs, name), text(&kept, name));
                let came_back = back.iter().any(|one| one.name == name);
                prop_assert_eq!(came_back, my != was && their != was && my != their);
                prop_assert_eq!(now, if my == was || came_back { their } else { my });
            }
        }
    }
}
