//! What differs between a call as it is and as a file says it, from field to field, in words of both languages.
//! Every structure is taken apart whole, so that a field that is added to the terms cannot be forgotten here.
use super::super::{Change, Weight};
use crate::calls::file::ParsedRound;
use crate::calls::pages::legal_form;
use crate::calls::{Caps, CheckLine, Criterion, Declaration, Document, Grid, Round, Section, Signature, Terms, Theme, Tier, Training, Whose, last_moment};
use crate::kernel::{Basis, Bilingual, FileKind, Instant, Lang, Tr, both, places};

/// All changes, in the order in which the call's page says things.
#[must_use]
pub fn changes(known: &Round, wanted: &ParsedRound) -> Vec<Change> {
    let mut found = Found::default();
    found.value("opens", Tr::calls_opens, (&known.opens_at, &wanted.opens_at), |t, at| t.moment(*at), |_, _| Weight::Substance);
    found.value("envelope", Tr::calls_envelope, (&known.envelope, &wanted.envelope), |t, money| t.euro_short(*money), |old, new| less(new < old));
    found.terms(&known.terms, &wanted.terms, known.questions_from());
    found.changes
}

const fn less(is: bool) -> Weight {
    if is { Weight::Narrows } else { Weight::Substance }
}

/// The words of a place in the terms: `Grant sizes, Small: at most`.
type Say = fn(Tr) -> &'static str;

#[derive(Default)]
struct Found {
    changes: Vec<Change>,
    /// What stands before the words of a field: its list and the name of its line.
    within: Vec<(String, Bilingual)>,
}

impl Found {
    fn put(&mut self, at: &str, what: Say, old: Bilingual, new: Bilingual, weight: Weight) {
        let path: Vec<&str> = self.within.iter().map(|(at, _)| at.as_str()).chain([at]).filter(|part| !part.is_empty()).collect();
        let words = |t: Tr| {
            // What has no words of its own is named by what it is in.
            let parts = self.within.iter().map(|(_, words)| words.say(t)).chain([what(t)]);
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
        };
        self.changes.push(Change { at: path.join("."), what: both(words), old, new, weight });
    }

    fn value<T: PartialEq>(&mut self, at: &str, what: Say, (old, new): (&T, &T), say: impl Fn(Tr, &T) -> String, weight: impl Fn(&T, &T) -> Weight) {
        if old != new {
            self.put(at, what, both(|t| say(t, old)), both(|t| say(t, new)), weight(old, new));
        }
    }

    fn text(&mut self, at: &str, what: Say, old: &Bilingual, new: &Bilingual, weight: Weight) {
        if old != new {
            self.put(at, what, old.clone(), new.clone(), weight);
        }
    }

    /// A number of which less is narrower; `say` writes it.
    fn most(&mut self, at: &str, what: Say, (old, new): (i64, i64), say: impl Fn(Tr, i64) -> String) {
        self.value(at, what, (&old, &new), |t, number| say(t, *number), |old, new| less(new < old));
    }

    /// A number of which more is narrower.
    fn least(&mut self, at: &str, what: Say, (old, new): (i64, i64), say: impl Fn(Tr, i64) -> String) {
        self.value(at, what, (&old, &new), |t, number| say(t, *number), |old, new| less(new > old));
    }

    /// A list of words, said one after the other; what is gone narrows.
    fn list<T: PartialEq>(&mut self, at: &str, what: Say, (old, new): (&[T], &[T]), say: impl Fn(Tr, &T) -> String) {
        if old != new {
            let all = |t: Tr, list: &[T]| list.iter().map(|one| say(t, one)).collect::<Vec<_>>().join(", ");
            let gone = old.iter().any(|one| !new.contains(one));
            self.put(at, what, both(|t| all(t, old)), both(|t| all(t, new)), less(gone));
        }
    }

    /// A list whose lines have keys: what came, what went, what changed within a line, and the order of those that stayed.
    fn keyed<T>(&mut self, at: &str, what: Say, (old, new): (&[T], &[T]), line: &Line<T>, each: impl Fn(&mut Self, &T, &T)) {
        self.within.push((at.to_owned(), both(|t| what(t).into())));
        for one in old {
            let same = new.iter().find(|other| (line.key)(other) == (line.key)(one));
            let Some(other) = same else {
                self.put((line.key)(one), nothing, (line.name)(one).clone(), Bilingual::default(), line.removed);
                continue;
            };
            self.within.push(((line.key)(one).to_owned(), (line.name)(one).clone()));
            each(self, one, other);
            self.within.pop();
        }
        for one in new.iter().filter(|one| !old.iter().any(|other| (line.key)(other) == (line.key)(one))) {
            self.put((line.key)(one), nothing, Bilingual::default(), (line.name)(one).clone(), (line.added)(one));
        }
        let kept = |list: &[T], other: &[T]| {
            let stays = |one: &&T| other.iter().any(|two| (line.key)(two) == (line.key)(one));
            list.iter().filter(stays).map(|one| ((line.key)(one).to_owned(), (line.name)(one).clone())).collect::<Vec<_>>()
        };
        let (before, after) = (kept(old, new), kept(new, old));
        if before.iter().map(|(key, _)| key).ne(after.iter().map(|(key, _)| key)) {
            let names = |t: Tr, list: &[(String, Bilingual)]| list.iter().map(|(_, name)| name.say(t)).collect::<Vec<_>>().join(", ");
            self.put("order", Tr::corrigendum_order, both(|t| names(t, &before)), both(|t| names(t, &after)), Weight::Notice);
        }
        self.within.pop();
    }
}

/// What is asked of a line of a list with keys.
struct Line<T> {
    key: fn(&T) -> &str,
    name: fn(&T) -> &Bilingual,
    added: fn(&T) -> Weight,
    removed: Weight,
}

fn nothing(_: Tr) -> &'static str {
    ""
}

fn number(_: Tr, number: i64) -> String {
    number.to_string()
}
fn days(t: Tr, days: i64) -> String {
    t.calls_days(days)
}
fn working_days(t: Tr, days: i64) -> String {
    t.calls_working_days(days)
}
fn months(t: Tr, months: i64) -> String {
    t.calls_months(months)
}
fn yes(t: Tr, is: &bool) -> String {
    (if *is { t.yes() } else { t.no() }).into()
}
fn of<N: Into<i64> + Copy>(old: N, new: N) -> (i64, i64) {
    (old.into(), new.into())
}
fn sized(old: usize, new: usize) -> (i64, i64) {
    (i64::try_from(old).unwrap_or(i64::MAX), i64::try_from(new).unwrap_or(i64::MAX))
}

impl Found {
    /// `questions_from`: the deadline from which the dates of questions are counted.
    fn terms(&mut self, old: &Terms, new: &Terms, questions_from: Instant) {
        let Terms { name, purpose, languages, tiers, legal_forms, municipalities, themes, most_themes, .. } = old;
        self.text("name", Tr::corrigendum_name, name, &new.name, Weight::Notice);
        self.text("purpose", Tr::corrigendum_purpose, purpose, &new.purpose, Weight::Notice);
        self.keyed("tiers", Tr::calls_sizes, (tiers, &new.tiers), &TIER, Self::tier);
        self.list("legal_forms", Tr::calls_legal_forms, (legal_forms, &new.legal_forms), |t, form| legal_form(*form, t).into());
        self.list("municipalities", Tr::calls_area, (municipalities, &new.municipalities), |_, code| places::name(code).into());
        self.keyed("themes", Tr::calls_themes, (themes, &new.themes), &THEME, |found, old, new| {
            found.text("name", nothing, &old.name, &new.name, Weight::Notice);
        });
        self.most("most_themes", Tr::corrigendum_most_themes, sized(*most_themes, new.most_themes), number);
        let speak = |t: Tr, lang: &Lang| (if *lang == Lang::Sq { t.calls_in_albanian() } else { t.calls_in_english() }).to_owned();
        self.list("languages", Tr::corrigendum_languages, (languages, &new.languages), speak);
        self.what_is_asked(old, new);
        self.times(old, new, questions_from);
    }

    fn what_is_asked(&mut self, old: &Terms, new: &Terms) {
        let Terms {
            applications_per_organisation,
            caps,
            documents,
            declarations,
            signature,
            partners_sign,
            partner_declaration,
            checklist,
            grid,
            trainings,
            ..
        } = old;
        self.most(
            "applications_per_organisation",
            Tr::corrigendum_per_organisation,
            (*applications_per_organisation, new.applications_per_organisation),
            number,
        );
        self.caps(Tr::calls_caps, caps, &new.caps);
        self.keyed("documents", Tr::calls_documents, (documents, &new.documents), &DOCUMENT, Self::document);
        self.keyed("declarations", Tr::calls_declarations, (declarations, &new.declarations), &DECLARATION, |found, old, new| {
            found.text("wording", nothing, &old.wording, &new.wording, Weight::Narrows);
        });
        let asks = |t: Tr, signature: &Signature| yes(t, &(*signature == Signature::Signatory));
        self.value("signature", Tr::corrigendum_signature, (signature, &new.signature), asks, |_, new| less(*new == Signature::Signatory));
        self.value("partners_sign", Tr::corrigendum_partners_sign, (partners_sign, &new.partners_sign), yes, |_, new| less(*new));
        self.text("partner_declaration", Tr::corrigendum_partner_declaration, partner_declaration, &new.partner_declaration, Weight::Narrows);
        self.keyed("checklist", Tr::calls_checklist, (checklist, &new.checklist), &CHECK_LINE, Self::check_line);
        self.within.push(("grid".into(), both(|t| t.calls_grid().into())));
        self.grid(grid, &new.grid);
        self.within.pop();
        if trainings.iter().map(trained).ne(new.trainings.iter().map(trained)) {
            let said = |t: Tr, list: &[Training]| {
                let one = |training: &Training| format!("{}, {}, {}", training.what.say(t), training.place, t.day(training.on));
                list.iter().map(one).collect::<Vec<_>>().join("; ")
            };
            self.put("trainings", Tr::corrigendum_trainings, both(|t| said(t, trainings)), both(|t| said(t, &new.trainings)), Weight::Notice);
        }
    }

    fn times(&mut self, old: &Terms, new: &Terms, questions_from: Instant) {
        // With all that the other two took apart, so that a field of the terms that nobody asks about does not compile.
        let Terms {
            name: _,
            purpose: _,
            languages: _,
            tiers: _,
            legal_forms: _,
            municipalities: _,
            themes: _,
            most_themes: _,
            applications_per_organisation: _,
            caps: _,
            documents: _,
            declarations: _,
            signature: _,
            partners_sign: _,
            partner_declaration: _,
            checklist: _,
            grid: _,
            trainings: _,
            clarification_days,
            signature_days,
            report_days,
            results_days,
            questions_days,
            answers_days,
            questions_until,
            answers_until,
            complaint_days,
            reserve_days,
        } = old;
        let cut_off = |t: Tr, (own, days): &(Option<Instant>, i64), end: Instant| match own {
            Some(_) => last_moment(t, end),
            None => t.corrigendum_days_before(*days, last_moment(t, end)),
        };
        let until = ((*questions_until, *questions_days), (new.questions_until, new.questions_days));
        if until.0 != until.1 {
            let ends = (old.questions_close(questions_from), new.questions_close(questions_from));
            let said = (both(|t| cut_off(t, &until.0, ends.0)), both(|t| cut_off(t, &until.1, ends.1)));
            self.put("questions", Tr::calls_limit_questions, said.0, said.1, Weight::Substance);
        }
        let due = ((*answers_until, *answers_days), (new.answers_until, new.answers_days));
        if due.0 != due.1 {
            let ends = (old.answers_due(questions_from), new.answers_due(questions_from));
            let said = (both(|t| cut_off(t, &due.0, ends.0)), both(|t| cut_off(t, &due.1, ends.1)));
            self.put("answers", Tr::calls_limit_answers, said.0, said.1, Weight::Notice);
        }
        self.value("results_days", Tr::corrigendum_results, (results_days, &new.results_days), |t, n| days(t, *n), |_, _| Weight::Notice);
        self.most("clarification_days", Tr::calls_limit_clarification, of(*clarification_days, new.clarification_days), working_days);
        self.most("signature_days", Tr::calls_limit_signature, of(*signature_days, new.signature_days), working_days);
        self.most("complaint_days", Tr::calls_limit_complaint, of(*complaint_days, new.complaint_days), working_days);
        self.most("report_days", Tr::calls_limit_report, (*report_days, new.report_days), days);
        self.most("reserve_days", Tr::corrigendum_reserve_days, (*reserve_days, new.reserve_days), days);
    }

    fn tier(&mut self, old: &Tier, new: &Tier) {
        let Tier { key: _, name, meant_for, at_least, at_most, months_at_least, months_at_most, payments, caps } = old;
        self.text("name", Tr::corrigendum_name, name, &new.name, Weight::Notice);
        self.text("meant_for", Tr::portal_meant_for, meant_for, &new.meant_for, Weight::Notice);
        self.value("at_least", Tr::corrigendum_at_least, (at_least, &new.at_least), |t, money| t.euro_short(*money), |old, new| less(new > old));
        self.value("at_most", Tr::corrigendum_at_most, (at_most, &new.at_most), |t, money| t.euro_short(*money), |old, new| less(new < old));
        self.least("months_at_least", Tr::corrigendum_months_least, of(*months_at_least, new.months_at_least), months);
        self.most("months_at_most", Tr::corrigendum_months_most, of(*months_at_most, new.months_at_most), months);
        let shares = |t: Tr, shares: &Vec<Basis>| shares.iter().map(|share| t.percent(*share)).collect::<Vec<_>>().join(" + ");
        self.value("payments", Tr::calls_payments, (payments, &new.payments), shares, |_, _| Weight::Substance);
        match (caps, &new.caps) {
            (Some(old), Some(new)) => self.caps(nothing, old, new),
            (None, None) => {}
            (old, new) => {
                let said = |t: Tr, caps: &Option<Caps>| caps.map_or_else(|| t.corrigendum_as_call().to_owned(), |caps| caps_line(t, &caps));
                self.put("caps", Tr::calls_caps, both(|t| said(t, old)), both(|t| said(t, new)), less(new.is_some()));
            }
        }
    }

    fn caps(&mut self, within: Say, old: &Caps, new: &Caps) {
        let Caps { indirect, reserve, requested } = old;
        self.within.push(("caps".into(), both(|t| within(t).into())));
        let percent = |t: Tr, share: &Basis| t.percent(*share);
        self.value("indirect", Tr::portal_cap_indirect, (indirect, &new.indirect), percent, |old, new| less(new < old));
        self.value("reserve", Tr::portal_cap_reserve, (reserve, &new.reserve), percent, |old, new| less(new < old));
        self.value("requested", Tr::portal_cap_requested, (requested, &new.requested), percent, |old, new| less(new < old));
        self.within.pop();
    }

    fn document(&mut self, old: &Document, new: &Document) {
        let Document { key: _, name, hint, required, whose, evaluators, kinds, megabytes, validity, model } = old;
        self.text("name", Tr::corrigendum_name, name, &new.name, Weight::Notice);
        self.text("hint", Tr::corrigendum_hint, hint, &new.hint, Weight::Notice);
        self.value("required", Tr::calls_required, (required, &new.required), yes, |_, new| less(*new));
        let from = |t: Tr, whose: &Whose| (if *whose == Whose::Lead { t.calls_from_lead() } else { t.calls_from_partner() }).to_owned();
        self.value("whose", Tr::calls_whose, (whose, &new.whose), from, |_, _| Weight::Narrows);
        if *kinds != new.kinds {
            let said = |document: &Document| both(|t| FileKind::listed(document.taken(), t));
            let gone = old.taken().iter().any(|kind| !new.taken().contains(kind));
            self.put("kinds", Tr::corrigendum_kinds, said(old), said(new), less(gone));
        }
        if *megabytes != new.megabytes {
            let said = |document: &Document| Bilingual::same(&format!("{} MB", document.most_bytes() / 1_000_000));
            self.put("megabytes", Tr::corrigendum_megabytes, said(old), said(new), less(new.most_bytes() < old.most_bytes()));
        }
        self.value("validity", Tr::corrigendum_validity, (validity, &new.validity), yes, |_, new| less(*new));
        self.value("model", Tr::corrigendum_model, (model, &new.model), yes, |_, _| Weight::Notice);
        self.value("evaluators", Tr::corrigendum_evaluators_read, (evaluators, &new.evaluators), yes, |_, _| Weight::Notice);
    }

    fn check_line(&mut self, old: &CheckLine, new: &CheckLine) {
        let CheckLine { key: _, question, machine, clarifiable, reason } = old;
        self.text("question", Tr::calls_check_question, question, &new.question, Weight::Notice);
        self.text("reason", Tr::corrigendum_check_reason, reason, &new.reason, Weight::Notice);
        let looks =
            |t: Tr, machine: &Option<crate::calls::MachineCheck>| machine.map_or_else(|| t.no().to_owned(), |machine| format!("{} ({machine})", t.yes()));
        self.value("machine", Tr::calls_check_machine, (machine, &new.machine), looks, |_, _| Weight::Narrows);
        self.value("clarifiable", Tr::calls_check_clarifiable, (clarifiable, &new.clarifiable), yes, |_, new| less(!*new));
    }

    fn grid(&mut self, old: &Grid, new: &Grid) {
        let Grid { sections, anchors, comment_at, threshold, readers, gap, tie_breaks, days: evaluators_days } = old;
        self.keyed("sections", nothing, (sections, &new.sections), &SECTION, |found, old, new| {
            let Section { key: _, name, threshold, criteria } = old;
            found.text("name", Tr::corrigendum_name, name, &new.name, Weight::Notice);
            found.measure("threshold", Tr::corrigendum_threshold, *threshold, new.threshold);
            found.keyed("criteria", nothing, (criteria, &new.criteria), &CRITERION, |found, old, new| {
                let Criterion { key: _, question, weight, part } = old;
                found.text("question", nothing, question, &new.question, Weight::Substance);
                found.measure("weight", Tr::corrigendum_weight, *weight, new.weight);
                found.value("part", Tr::corrigendum_part, (part, &new.part), |_, part| part.clone(), |_, _| Weight::Notice);
            });
        });
        let texts = |t: Tr, all: &Vec<Bilingual>| all.iter().map(|text| text.say(t)).collect::<Vec<_>>().join("; ");
        self.value("anchors", Tr::corrigendum_anchors, (anchors, &new.anchors), texts, |_, _| Weight::Substance);
        self.list("comment_at", Tr::corrigendum_comment_at, (comment_at, &new.comment_at), |_, score| score.to_string());
        self.measure("threshold", Tr::corrigendum_threshold, *threshold, new.threshold);
        self.measure("readers", Tr::corrigendum_readers, i64::from(*readers), i64::from(new.readers));
        self.measure("gap", Tr::corrigendum_gap, *gap, new.gap);
        self.value("tie_breaks", Tr::corrigendum_tie_breaks, (tie_breaks, &new.tie_breaks), |_, keys| keys.join(", "), |_, _| Weight::Narrows);
        self.value("days", Tr::corrigendum_evaluators_days, (evaluators_days, &new.days), |t, n| days(t, *n), |_, _| Weight::Notice);
    }

    /// A figure by which applications are judged: whichever way it changes, those that are in were written for the old one.
    fn measure(&mut self, at: &str, what: Say, old: i64, new: i64) {
        self.value(at, what, (&old, &new), |t, points| number(t, *points), |_, _| Weight::Narrows);
    }
}

fn trained(training: &Training) -> (&Bilingual, &str, crate::kernel::Day) {
    let Training { what, place, on } = training;
    (what, place, *on)
}

fn caps_line(t: Tr, caps: &Caps) -> String {
    t.calls_caps_line(t.percent(caps.indirect), t.percent(caps.requested), t.percent(caps.reserve))
}

const TIER: Line<Tier> = Line { key: |tier| &tier.key, name: |tier| &tier.name, added: |_| Weight::Substance, removed: Weight::Narrows };
const THEME: Line<Theme> = Line { key: |theme| &theme.code, name: |theme| &theme.name, added: |_| Weight::Substance, removed: Weight::Narrows };
const DOCUMENT: Line<Document> =
    Line { key: |document| &document.key, name: |document| &document.name, added: |document| less(document.required), removed: Weight::Substance };
const DECLARATION: Line<Declaration> =
    Line { key: |declaration| &declaration.key, name: |declaration| &declaration.wording, added: |_| Weight::Narrows, removed: Weight::Substance };
const CHECK_LINE: Line<CheckLine> = Line { key: |line| &line.key, name: |line| &line.question, added: |_| Weight::Narrows, removed: Weight::Substance };
const SECTION: Line<Section> = Line { key: |section| &section.key, name: |section| &section.name, added: |_| Weight::Narrows, removed: Weight::Narrows };
const CRITERION: Line<Criterion> =
    Line { key: |criterion| &criterion.key, name: |criterion| &criterion.question, added: |_| Weight::Narrows, removed: Weight::Narrows };

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn published() -> (Round, ParsedRound) {
        let file = crate::calls::file::read("pact.toml", include_str!("../../../config/programmes/pact.toml")).unwrap();
        let parsed = file.rounds.into_iter().next().unwrap();
        let round = parsed.published();
        (round, parsed)
    }

    /// Every place in a value.
    fn places(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => object.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), found)),
            Value::Array(list) => {
                found.push(at.to_owned());
                list.iter().enumerate().for_each(|(place, value)| places(value, &format!("{at}/{place}"), found));
            }
            _ => found.push(at.to_owned()),
        }
    }

    #[test]
    fn whatever_differs_in_the_terms_is_a_change_in_words_of_both_languages() {
        let (known, wanted) = published();
        assert_eq!(changes(&known, &wanted), []);
        let terms = serde_json::to_value(&wanted.terms).unwrap();
        let mut all = vec![];
        places(&terms, "", &mut all);
        let mut tried = 0;
        for place in all {
            let mut changed = terms.clone();
            match changed.pointer_mut(&place).unwrap() {
                Value::String(text) => text.push('1'),
                Value::Number(number) => {
                    let more = number.as_i64().unwrap() + 1;
                    *number = more.into();
                }
                Value::Bool(is) => *is = !*is,
                Value::Array(list) => drop(list.pop()),
                Value::Null | Value::Object(_) => continue,
            }
            // A word of a closed list cannot be changed like this.
            let Ok(terms) = serde_json::from_value::<Terms>(changed) else { continue };
            if crate::calls::rules::same_terms(&terms, &wanted.terms) {
                continue;
            }
            let found = changes(&known, &ParsedRound { terms, ..wanted.clone() });
            assert!(!found.is_empty(), "{place} changed and nobody says so");
            for change in found {
                assert!(!change.what.sq.is_empty() && !change.what.en.is_empty() && change.old != change.new, "{place}: {change:?}");
            }
            tried += 1;
        }
        assert!(tried > 300, "only {tried} places were tried");
    }

    #[test]
    fn changes_are_said_from_field_to_field() {
        let (known, mut wanted) = published();
        wanted.terms.tiers[0].at_most = crate::kernel::Money::cents(1_200_000);
        let gone = wanted.terms.municipalities.remove(0);
        wanted.terms.documents.swap(0, 1);
        let statute = wanted.terms.documents.iter().position(|document| document.key == "statute").unwrap();
        wanted.terms.documents.remove(statute);
        let said: Vec<String> = changes(&known, &wanted)
            .into_iter()
            .map(|change| format!("{} | {} | {} -> {} | {}", change.at, change.what.en, change.old.en.len(), change.new.en.len(), change.weight))
            .collect();
        let begins = [
            "tiers.small.at_most | Grant sizes: Small: ",
            "municipalities | Municipalities | ",
            "documents.statute | Documents | ",
            "documents.order | Documents: ",
        ];
        assert_eq!(said.len(), begins.len(), "{said:#?} without {gone}");
        for (said, begin) in said.iter().zip(begins) {
            assert!(said.starts_with(begin), "{said} / {begin}");
        }
        assert!(said[1].ends_with("narrows") && said[2].ends_with("-> 0 | substance"), "{said:#?}");
    }
}
