//! What the machine sees in a file, and every move with its guard.
use super::*;
use crate::applications::content::{AttachmentNote, BudgetLine, Declarations, Heading, OrganisationNow, Partner, PartnerSignature, Partners, Summary};
use crate::calls::{Document, Grid, RoundState, Terms, Tier};
use crate::kernel::{ApplicationId, ClarificationId, Lang, Money, PersonId, RoundId};

fn at(tirane: &str) -> Instant {
    Instant::at_tirane(tirane).unwrap()
}

fn say(text: &str) -> Bilingual {
    Bilingual::same(text)
}

fn check_line(key: &str, clarifiable: bool) -> CheckLine {
    CheckLine { key: key.into(), question: say(key), machine: None, clarifiable, reason: say(key) }
}

fn document(key: &str, whose: Whose) -> Document {
    Document {
        key: key.into(),
        name: say(key),
        hint: Bilingual::default(),
        required: true,
        whose,
        evaluators: false,
        kinds: vec![],
        megabytes: 0,
        validity: false,
        model: whose == Whose::Partner,
    }
}

fn round() -> Round {
    let tier = Tier {
        key: "small".into(),
        name: say("small"),
        meant_for: Bilingual::default(),
        at_least: Money::cents(300_000),
        at_most: Money::cents(1_000_000),
        months_at_least: 6,
        months_at_most: 12,
        payments: vec![Basis(8_000), Basis(2_000)],
        caps: None,
    };
    let terms = Terms {
        name: say("R3"),
        purpose: say(""),
        languages: vec![Lang::Sq],
        tiers: vec![tier],
        legal_forms: vec![LegalForm::Association, LegalForm::Center],
        municipalities: vec!["klos".into(), "mat".into()],
        themes: vec![],
        most_themes: 3,
        applications_per_organisation: 1,
        caps: Caps { indirect: Basis(700), reserve: Basis(500), requested: Basis(9_000) },
        documents: vec![document("statute", Whose::Lead), document("partner-declaration", Whose::Partner)],
        declarations: vec![crate::calls::Declaration { key: "truth".into(), wording: say("It is true.") }],
        signature: crate::calls::Signature::Submitter,
        partners_sign: false,
        partner_declaration: Bilingual::default(),
        checklist: vec![check_line("in-time", false), check_line("statute", true)],
        grid: Grid { sections: vec![], anchors: vec![], comment_at: vec![], threshold: 0, readers: 2, gap: 15, tie_breaks: vec![], days: 10 },
        clarification_days: 5,
        signature_days: 10,
        report_days: 30,
        results_days: 60,
        questions_days: 21,
        answers_days: 11,
        questions_until: None,
        answers_until: None,
        complaint_days: 5,
        reserve_days: 180,
        trainings: vec![],
    };
    Round {
        id: RoundId::new(),
        programme_id: ProgrammeId::new(),
        code: "R3".into(),
        terms,
        opens_at: at("2017-09-15T00:00"),
        closes_at: at("2017-10-25T17:00"),
        extended_from: None,
        questions_basis: None,
        envelope: Money::cents(10_800_000),
        state: RoundState::Published,
        published_at: None,
        version: 1,
    }
}

fn cost(cents: i64) -> BudgetLine {
    BudgetLine {
        key: "b1".into(),
        heading: Heading::HumanResources,
        description: "Koordinatore".into(),
        unit: "muaj".into(),
        number: "1".into(),
        unit_cost: Money::cents(cents).decimal().to_string(),
        activity: String::new(),
        spender: "lead".into(),
        justification: String::new(),
    }
}

/// A file with nothing wrong in it, but for an empty logframe.
fn file() -> File {
    File {
        organisation: OrganisationNow {
            nipt: "L61234567A".into(),
            name: "Rinia (example)".into(),
            acronym: String::new(),
            legal_form: LegalForm::Center,
            municipality: "klos".into(),
            profile: crate::accounts::Profile::default(),
        },
        partners: Partners { partners: vec![] },
        summary: Summary { tier: "small".into(), municipalities: vec!["klos".into()], months: "9".into(), ..Summary::default() },
        description: crate::applications::content::Description::default(),
        logframe: crate::applications::content::Logframe::default(),
        plan: crate::applications::content::Plan::default(),
        budget: Budget { lines: vec![cost(800_000)], indirect: "560".into(), own_contribution: "860".into(), ..Budget::default() },
        capacity: crate::applications::content::Capacity::default(),
        declarations: Declarations { agreed: vec!["truth".into()], name: "Besnik Doda".into(), ..Declarations::default() },
        attachments: vec![AttachmentNote {
            document: "statute".into(),
            name: "statuti.pdf".into(),
            bytes: 9,
            sha256: "00".into(),
            valid_until: None,
            scan: None,
        }],
    }
}

fn facts() -> Facts {
    Facts { submitted_at: at("2017-10-25T16:59:59"), requested: Money::cents(770_000), area: vec!["klos".into()], others: vec![], extension: None }
}

fn partner(key: &str) -> Partner {
    Partner { key: key.into(), name: format!("Partneri {key}"), ..Partner::default() }
}

#[test]
fn what_a_partner_signed_here_is_not_asked_for_on_paper() {
    let (mut file, facts) = (file(), facts());
    file.partners.partners.push(partner("p1"));
    let verdict = |file: &File| machine(MachineCheck::PartnersDeclared, file, &round(), &facts).0;
    assert_eq!(verdict(&file), Verdict::No);
    let wording = say("We know this project.");
    file.partners.partners[0].signed = Some(PartnerSignature { name: "Gjergj".into(), capacity: "Drejtor".into(), at: at("2017-10-20T10:00"), wording });
    assert_eq!(verdict(&file), Verdict::Yes);
}

#[test]
fn the_machine_sees_what_can_be_seen() {
    use MachineCheck::*;
    use Verdict::*;
    type Change = fn(&mut File, &mut Facts);
    let cases: &[(MachineCheck, Verdict, Change)] = &[
        (InTime, Yes, |_, _| ()),
        (InTime, No, |_, facts| facts.submitted_at = at("2017-10-25T17:00")),
        (LegalForm, Yes, |_, _| ()),
        (LegalForm, No, |file, _| file.organisation.legal_form = crate::accounts::LegalForm::Foundation),
        (SeatInArea, Yes, |_, _| ()),
        (SeatInArea, No, |file, _| file.organisation.municipality = "vlore".into()),
        (PlaceInArea, Yes, |file, _| file.summary.municipalities = vec!["mat".into(), "klos".into()]),
        (PlaceInArea, No, |file, _| file.summary.municipalities = vec!["mat".into(), "vlore".into()]),
        (PlaceInArea, No, |file, _| file.summary.municipalities.clear()),
        (AmountInTier, Yes, |_, facts| facts.requested = Money::cents(1_000_000)),
        (AmountInTier, No, |_, facts| facts.requested = Money::cents(1_000_001)),
        (AmountInTier, No, |_, facts| facts.requested = Money::cents(299_999)),
        (AmountInTier, No, |file, _| file.summary.tier = String::new()),
        (MonthsInTier, Yes, |file, _| file.summary.months = "6".into()),
        (MonthsInTier, No, |file, _| file.summary.months = "13".into()),
        (MonthsInTier, No, |file, _| file.summary.months = "half a year".into()),
        (CapsHeld, Yes, |_, _| ()),
        (CapsHeld, No, |file, _| file.budget.indirect = "560.01".into()),
        (CapsHeld, No, |file, _| file.budget.reserve = "400.01".into()),
        (CapsHeld, No, |file, _| file.budget.own_contribution = "855".into()),
        (LogframeComplete, No, |_, _| ()),
        (DocumentsPresent, Yes, |_, _| ()),
        (DocumentsPresent, No, |file, _| file.attachments.clear()),
        (DocumentsPresent, No, |file, _| file.partners.partners.push(partner("p1"))),
        (OnePerOrganisation, Yes, |_, _| ()),
        (OnePerOrganisation, No, |_, facts| facts.others.push("R3-09".into())),
        (DeclarationSigned, Yes, |_, _| ()),
        (DeclarationSigned, No, |file, _| file.declarations.name = "  ".into()),
        (DeclarationSigned, No, |file, _| file.declarations.agreed.clear()),
        (PartnersDeclared, NotApplicable, |_, _| ()),
        (PartnersDeclared, No, |file, _| file.partners.partners.push(partner("p1"))),
        (PartnersDeclared, Yes, |file, _| {
            file.partners.partners.push(partner("p1"));
            let paper = AttachmentNote {
                document: "partner-declaration.p1".into(),
                name: "p.pdf".into(),
                bytes: 1,
                sha256: "11".into(),
                valid_until: None,
                scan: None,
            };
            file.attachments.push(paper);
        }),
    ];
    for (place, (check, expected, change)) in cases.iter().enumerate() {
        let (mut file, mut facts) = (file(), facts());
        change(&mut file, &mut facts);
        let (verdict, evidence) = machine(*check, &file, &round(), &facts);
        assert_eq!(verdict, *expected, "case {place}, {check}: {}", evidence.en);
        assert!(!evidence.sq.is_empty() && !evidence.en.is_empty(), "case {place} says what it saw");
    }
}

#[test]
fn what_is_missing_is_named() {
    let mut file = file();
    file.partners.partners.push(partner("p1"));
    let (_, evidence) = machine(MachineCheck::DocumentsPresent, &file, &round(), &facts());
    assert_eq!(evidence.en, "Missing: partner-declaration (Partneri p1)");
}

fn check(state: CheckState) -> Check {
    Check {
        application_id: ApplicationId::new(),
        round_id: RoundId::new(),
        state,
        serial: 1,
        lines: 2,
        answered: 2,
        due_at: None,
        checker_id: Some(PersonId::new()),
        checker_name: "Mira".into(),
        reasons: "[]".into(),
        note: String::new(),
        dispute: String::new(),
        begun_at: at("2017-10-25T17:01"),
        turn_at: at("2017-10-25T17:01"),
        proposed_at: None,
        decided_by: None,
        decided_by_name: String::new(),
        decided_at: None,
        version: 3,
    }
}

fn line(key: &str, position: i32, verdict: Option<Verdict>) -> Line {
    Line {
        application_id: ApplicationId::new(),
        line: key.into(),
        position,
        machine: None,
        evidence: String::new(),
        verdict,
        note: String::new(),
        checked_by: None,
        checked_at: None,
    }
}

fn asked() -> Clarification {
    Clarification {
        id: ClarificationId::new(),
        application_id: ApplicationId::new(),
        question: "Dërgoni statutin.".into(),
        items: r#"["statute"]"#.into(),
        asked_by: PersonId::new(),
        asked_at: at("2017-10-30T10:00"),
        due_at: at("2017-11-07T00:00"),
        answer: None,
        answered_by: None,
        answered_at: None,
        reminders: 0,
        next_at: None,
    }
}

fn codes(reasons: &[Reason]) -> Vec<&str> {
    reasons.iter().map(|reason| reason.code.as_str()).collect()
}

#[test]
fn every_move_leads_somewhere_and_decided_is_the_end() {
    for state in CheckState::ALL {
        let leaves = MOVES.iter().any(|(from, _, _)| from == state);
        assert_eq!(leaves, !state.is_decided(), "{state}");
        assert!(*state == CheckState::Open || MOVES.iter().any(|(_, _, to)| to == state), "{state} is never reached");
    }
    for (place, (from, step, _)) in MOVES.iter().enumerate() {
        let twice = MOVES.iter().skip(place + 1).any(|(other, by, _)| other == from && by == step);
        assert!(!twice, "{from} {step:?} leads to two states");
    }
    assert_eq!(next(CheckState::Clarification, Step::Propose), None, "nobody decides while the applicant may still answer");
    assert_eq!(next(CheckState::Passed, Step::SendBack), None);
}

#[test]
fn a_check_begins_when_the_round_has_closed() {
    let round = round();
    assert_eq!(codes(&may_not_begin(&round, Status::Submitted, at("2017-10-25T16:59:59"))), ["round-open"]);
    assert!(may_not_begin(&round, Status::Submitted, at("2017-10-25T17:00")).is_empty());
    assert_eq!(codes(&may_not_begin(&round, Status::Withdrawn, at("2017-10-26T09:00"))), ["withdrawn"]);
}

#[test]
fn there_is_one_request_and_only_about_what_may_be_asked() {
    let terms = round().terms.checklist;
    let open = check(CheckState::Open);
    let ask = |items: &[&str], text: &str, before: Option<&Clarification>| {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        may_not_ask(&open, before, &terms, &items, text).iter().map(|reason| reason.code.clone()).collect::<Vec<_>>()
    };
    assert!(ask(&["statute"], "Dërgoni statutin.", None).is_empty());
    assert_eq!(ask(&[], "", None), ["no-question", "no-item"]);
    assert_eq!(ask(&["in-time"], "Pse vonë?", None), ["not-clarifiable"]);
    assert_eq!(ask(&["nothing"], "?", None), ["no-such-line"]);
    assert_eq!(ask(&["statute"], "Edhe diçka.", Some(&asked())), ["asked-already"]);
    let proposed = check(CheckState::Proposed);
    assert_eq!(codes(&may_not_ask(&proposed, None, &terms, &["statute".into()], "x")), ["wrong-state"]);
}

#[test]
fn an_answer_is_taken_to_the_last_second_and_once() {
    let mut asked = asked();
    assert!(may_not_reply(&asked, "Ja statuti.", 1, at("2017-11-06T23:59:59")).is_empty());
    assert_eq!(codes(&may_not_reply(&asked, "Ja statuti.", 1, at("2017-11-07T00:00"))), ["too-late"]);
    assert_eq!(codes(&may_not_reply(&asked, "", 0, at("2017-11-01T10:00"))), ["empty-answer"]);
    assert_eq!(asked.last_day().to_string(), "2017-11-06");
    asked.answered_at = Some(at("2017-11-01T10:00"));
    assert_eq!(codes(&may_not_reply(&asked, "Edhe një", 0, at("2017-11-01T11:00"))), ["answered-already"]);
}

#[test]
fn reminders_go_out_at_half_time_and_on_the_last_day_each_once() {
    let mut asked = asked();
    let cases = [
        (0, "2017-10-30T10:00", None),
        (0, "2017-11-03T05:00", Some(1)),
        (1, "2017-11-05T23:59", None),
        (1, "2017-11-06T00:00", Some(2)),
        (0, "2017-11-06T12:00", Some(2)),
        (2, "2017-11-06T23:59", None),
        (1, "2017-11-07T00:00", None),
    ];
    for (sent, now, expected) in cases {
        asked.reminders = sent;
        assert_eq!(reminder_due(&asked, at(now)), expected, "{sent} sent, {now}");
    }
    let looks: Vec<_> = [0, 1, 2].map(|sent| next_look(&Clarification { reminders: sent, ..asked.clone() })).to_vec();
    assert!(looks.is_sorted() && looks.last() == Some(&asked.due_at), "{looks:?}");
    // With one day's time half of it comes after the last 24 hours have begun.
    let short = Clarification { due_at: at("2017-10-31T00:00"), ..asked };
    assert_eq!(reminder_due(&short, short.asked_at), None);
    assert_eq!(reminder_due(&short, at("2017-10-30T17:00")), Some(2));
}

#[test]
fn a_proposal_needs_every_line_and_reasons_from_the_list() {
    use Verdict::{No, Yes};
    let open = check(CheckState::Open);
    let propose = |lines: &[Line], outcome, reasons: &[&str], text: &str| {
        let proposal = Proposal { outcome, reasons: reasons.iter().map(|key| (*key).to_owned()).collect(), text: text.into() };
        may_not_propose(&open, lines, &proposal).iter().map(|reason| reason.code.clone()).collect::<Vec<_>>()
    };
    let good = [line("in-time", 1, Some(Yes)), line("statute", 2, Some(Yes))];
    let bad = [line("in-time", 1, Some(Yes)), line("statute", 2, Some(No))];
    let unfinished = [line("in-time", 1, None), line("statute", 2, Some(No))];
    assert!(propose(&good, Outcome::Passed, &[], "").is_empty());
    assert_eq!(propose(&bad, Outcome::Passed, &[], ""), ["passed-with-no"]);
    assert_eq!(propose(&unfinished, Outcome::Rejected, &["statute"], "x"), ["unanswered"]);
    assert!(propose(&bad, Outcome::Rejected, &["statute"], "Statuti mungon.").is_empty());
    assert_eq!(propose(&bad, Outcome::Rejected, &[], ""), ["no-reason", "no-text"]);
    assert_eq!(propose(&bad, Outcome::Rejected, &["in-time"], "x"), ["reason-not-no"]);
    assert_eq!(propose(&good, Outcome::Rejected, &["invented"], "x"), ["reason-not-no"]);
    let mut overruled = good.clone();
    overruled[1].machine = Some(No);
    assert_eq!(propose(&overruled, Outcome::Passed, &[], ""), ["overruled-silently"]);
    overruled[1].note = "Statuti është te faqja 3 e vendimit.".into();
    assert!(propose(&overruled, Outcome::Passed, &[], "").is_empty());
}

#[test]
fn whoever_proposed_does_not_decide() {
    let proposed = check(CheckState::Proposed);
    let mut first = Actor::system();
    first.person = proposed.checker_id;
    let mut second = Actor::system();
    second.person = Some(PersonId::new());
    assert_eq!(codes(&may_not_decide(&first, &proposed, &Decision::Agree)), ["same-person"]);
    assert_eq!(codes(&may_not_decide(&first, &proposed, &Decision::SendBack("x".into()))), ["same-person"]);
    assert!(may_not_decide(&second, &proposed, &Decision::Agree).is_empty());
    assert_eq!(codes(&may_not_decide(&second, &proposed, &Decision::SendBack(String::new()))), ["no-dispute"]);
    assert_eq!(codes(&may_not_decide(&Actor::system(), &proposed, &Decision::Agree)), ["same-person"], "time never decides");
    assert_eq!(codes(&may_not_decide(&second, &check(CheckState::Open), &Decision::Agree)), ["wrong-state"]);
    let mut rejection = proposed;
    rejection.reasons = r#"["statute"]"#.into();
    assert_eq!(step_of(&rejection, &Decision::Agree), Step::Reject);
}
