//! The contract: drafted from the frozen budget, lowered to the award, signed by both sides, seen by nobody else.
use crate::grant::{GRANT, Grant};
use subgrant::awards::{AwardOutcome, records as awards};
use subgrant::contracts::State;
use subgrant::kernel::{Membership, Money};

#[test]
fn a_contract_goes_from_the_award_to_both_signatures() {
    let grant = Grant::awarded(GRANT);
    let list = grant.manager.get("/pact/contracts").expect(200);
    assert!(list.body.contains(&format!("/applications/{}/contract", grant.application)), "what was awarded waits to be drafted");
    let contract = grant.drafted();
    let payments: Vec<Money> = grant.payments(contract).iter().map(|payment| payment.amount).collect();
    assert_eq!(payments, [Money::cents(1_257_683), Money::cents(314_421)]);
    assert_eq!(grant.report(contract).due_on.to_string(), "2018-09-30");

    grant.manager.post(&format!("/contracts/{contract}/dispatch"), &[]).expect(303);
    let letters = grant.world.letters_to(&grant.applicant);
    assert_eq!(letters.last().unwrap().code, "E20");
    assert!(letters.last().unwrap().subject.starts_with("R3-22:"));

    let page = grant.applicant.get(&format!("/contracts/{contract}")).expect(200);
    let sha256 = page.value_of("sha256");
    assert_eq!(sha256, grant.sha256(contract), "who signs sees the fingerprint of what is signed");
    grant.applicant.post(&format!("/contracts/{contract}/signature"), &[("name", ""), ("sha256", &sha256)]).expect(422);
    grant.applicant.post(&format!("/contracts/{contract}/signature"), &[("name", "Arta Hoxha"), ("sha256", "another text")]).expect(422);
    grant.applicant.post(&format!("/contracts/{contract}/signature"), &[("name", "Arta Hoxha"), ("sha256", &sha256)]).expect(303);
    assert_eq!(grant.state(contract), State::Signed);
    // A double click meets the rule.
    grant.applicant.post(&format!("/contracts/{contract}/signature"), &[("name", "Arta Hoxha"), ("sha256", &sha256)]).expect(422);
    grant.director.post(&format!("/contracts/{contract}/countersignature"), &[("name", "Drita Leka"), ("sha256", &sha256)]).expect(303);
    assert_eq!(grant.state(contract), State::Active);
    let in_force = grant.world.letters_to(&grant.finance);
    assert_eq!(in_force.last().unwrap().code, "E22");
    assert!(in_force.last().unwrap().text_body.contains("12\u{a0}576,83"), "{}", in_force.last().unwrap().text_body);
}

#[test]
fn lines_are_lowered_until_they_fit_the_award() {
    let grant = Grant::awarded(1_500_000);
    let contract = grant.drafted();
    grant.manager.post(&format!("/contracts/{contract}/dispatch"), &[]).expect(422);
    let lines = format!("/contracts/{contract}/lines");
    // The trainings, fifth line: dearer than in the request.
    let raised = grant.manager.post(&lines, &[("version", "1"), ("cost-5", "6.000,00")]).expect(422);
    assert_eq!(raised.value_of("cost-5"), "6.000,00", "what was typed comes back");
    grant.manager.post(&lines, &[("version", "1"), ("cost-5", "many")]).expect(422);
    grant.manager.post(&lines, &[("version", "1"), ("cost-5", "4.754,00"), ("cost-6", "978,00")]).expect(303);
    grant.manager.post(&lines, &[("version", "1"), ("cost-5", "4.700,00")]).expect(409);
    let before = grant.sha256(contract);
    grant.manager.post(&format!("/contracts/{contract}/dispatch"), &[]).expect(303);
    assert_eq!(grant.sha256(contract), before, "what is sent is what was drafted");
    let agreement = grant.world.read(|conn| subgrant::contracts::records::by_id(conn, contract).and_then(|row| subgrant::contracts::records::agreement(&row)));
    assert_eq!(agreement.lines.iter().map(|line| line.total).sum::<Money>(), Money::cents(1_500_000));
    grant.manager.post(&lines, &[("version", "3"), ("cost-5", "1,00")]).expect(422);
}

#[test]
fn a_project_that_would_outlast_the_main_contract_is_not_drafted() {
    let grant = Grant::awarded(GRANT);
    let answer = grant.draft("2019-06-01").expect(422);
    assert!(answer.has(".errsum"));
    grant.draft("soon").expect(422);
    grant.drafted();
    assert_eq!(grant.draft("2017-11-01").status, 422, "one application, one contract");
}

#[test]
fn who_may_not_see_finds_nothing_and_who_may_not_do_is_told_so() {
    let grant = Grant::awarded(GRANT);
    let contract = grant.drafted();
    let (page, dispatch) = (format!("/contracts/{contract}"), format!("/contracts/{contract}/dispatch"));
    // A draft is the office's.
    grant.applicant.get(&page).expect(404);
    grant.funder.get(&page).expect(404);
    grant.applicant.post(&dispatch, &[]).expect(404);
    grant.finance.post(&dispatch, &[]).expect(403);
    grant.manager.post(&dispatch, &[]).expect(303);
    grant.applicant.get(&page).expect(200);
    grant.funder.get(&page).expect(200);
    grant.stranger.get(&page).expect(404);
    grant.stranger.get("/pact/contracts").expect(404);
    let sha256 = grant.sha256(contract);
    let signed = [("name", "Somebody Else"), ("sha256", sha256.as_str())];
    grant.stranger.post(&format!("{page}/signature"), &signed).expect(404);
    grant.funder.post(&format!("{page}/signature"), &signed).expect(403);
    grant.manager.post(&format!("{page}/countersignature"), &signed).expect(403);
    let editor = grant.world.person("Blerta Editore");
    grant.world.join(&editor, grant.applicant.organisation_id(), Membership::Editor);
    editor.post(&format!("{page}/signature"), &signed).expect(403);
    grant.director.post(&format!("{page}/countersignature"), &signed).expect(422);
}

#[test]
fn two_signatures_at_once_are_one() {
    let grant = Grant::awarded(GRANT);
    let contract = grant.drafted();
    grant.manager.post(&format!("/contracts/{contract}/dispatch"), &[]).expect(303);
    let (sha256, path) = (grant.sha256(contract), format!("/contracts/{contract}/signature"));
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..2).map(|_| scope.spawn(|| grant.applicant.clone().post(&path, &[("name", "Arta Hoxha"), ("sha256", &sha256)]).status)).collect();
        tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
    assert_eq!(grant.world.read(|conn| subgrant::contracts::records::signatures_of(conn, contract)).len(), 1);
}

#[test]
fn time_ends_projects_and_lapses_what_nobody_signed() {
    let (grant, contract) = Grant::active();
    grant.world.at("2018-08-31T12:00");
    grant.world.wait(subgrant::worker::look_at_clocks(&grant.world.app.desk)).unwrap();
    assert_eq!(grant.state(contract), State::Active, "the last day counts");
    grant.world.at("2018-09-01T00:30");
    grant.world.wait(subgrant::worker::look_at_clocks(&grant.world.app.desk)).unwrap();
    assert_eq!(grant.state(contract), State::Ended);

    let late = Grant::awarded(GRANT);
    let unsigned = late.drafted();
    late.manager.post(&format!("/contracts/{unsigned}/dispatch"), &[]).expect(303);
    late.world.at("2017-11-06T12:00");
    late.world.wait(subgrant::worker::look_at_clocks(&late.world.app.desk)).unwrap();
    assert_eq!(late.state(unsigned), State::Lapsed);
    // Its money is back in the envelope, and who may use it is told.
    let round = late.world.round("R3").id;
    let (award, outcome) = late.world.read(|conn| Ok((awards::award(conn, round)?.unwrap(), awards::outcome_of(conn, late.application)?.unwrap())));
    assert_eq!((award.awarded, outcome.outcome, outcome.amount), (Money::ZERO, AwardOutcome::Lapsed, Money::ZERO));
    assert!(outcome.note.replace('\u{a0}', " ").contains("3 November 2017"), "{}", outcome.note);
    assert_eq!(late.world.letters_to(&late.applicant).last().unwrap().code, "E21");
    for told in [&late.director, &late.manager] {
        let letter = late.world.letters_to(told).pop().unwrap();
        assert_eq!(letter.code, "E21-office");
        assert!(letter.text_body.contains("/pact/rounds/R3/ranking") && letter.text_body.replace('\u{a0}', " ").contains("15 721,04"), "{}", letter.text_body);
    }
}

#[test]
fn once_there_is_a_contract_the_application_is_not_withdrawn_and_what_was_withdrawn_gets_none() {
    let grant = Grant::awarded(GRANT);
    let withdrawal = format!("/applications/{}/withdrawal", grant.application);
    grant.drafted();
    let refused = grant.applicant.post(&withdrawal, &[("reason", "Nuk mundemi.")]).expect(422);
    assert!(refused.text("main").contains("There is a contract for this application"), "{}", refused.main_text());
    let receipt = grant.applicant.get(&format!("/applications/{}/receipt", grant.application)).expect(200);
    assert!(!receipt.has(&format!("form[action='{withdrawal}']")), "what can't be done is not offered");

    let gone = Grant::awarded(GRANT);
    gone.applicant.post(&format!("/applications/{}/withdrawal", gone.application), &[("reason", "Nuk mundemi.")]).expect(303);
    let refused = gone.draft("2017-11-01").expect(422);
    assert!(refused.text("main").contains("withdrawn"), "{}", refused.main_text());
    let round = gone.world.round("R3").id;
    let before = gone.world.read(|conn| awards::award(conn, round)).unwrap().awarded;
    assert_eq!(before, Money::cents(GRANT));
    gone.world.wait(subgrant::worker::look_at_clocks(&gone.world.app.desk)).unwrap();
    // Its money is back in the envelope, once, and who may use it is told.
    gone.world.wait(subgrant::worker::look_at_clocks(&gone.world.app.desk)).unwrap();
    let (award, outcome) = gone.world.read(|conn| Ok((awards::award(conn, round)?.unwrap(), awards::outcome_of(conn, gone.application)?.unwrap())));
    assert_eq!((award.awarded, outcome.outcome, outcome.amount), (Money::ZERO, AwardOutcome::Lapsed, Money::ZERO));
    assert!(outcome.note.contains("withdrawn"), "{}", outcome.note);
    for told in [&gone.director, &gone.manager] {
        let letters = gone.world.letters_to(told);
        let free: Vec<_> = letters.iter().filter(|letter| letter.code == "E21-withdrawn").collect();
        assert_eq!(free.len(), 1);
        assert!(
            free[0].text_body.contains("/pact/rounds/R3/ranking") && free[0].text_body.replace('\u{a0}', " ").contains("15 721,04"),
            "{}",
            free[0].text_body
        );
    }
    let refused = gone.draft("2017-11-01").expect(422);
    assert!(refused.text("main").contains("Only an awarded application gets a contract"), "{}", refused.main_text());
}

#[test]
fn who_signs_is_reminded_once_three_days_before_the_last_day() {
    let grant = Grant::awarded(GRANT);
    let contract = grant.drafted();
    grant.manager.post(&format!("/contracts/{contract}/dispatch"), &[]).expect(303);
    let reminders = |at: &str| {
        grant.world.at(at);
        grant.world.wait(subgrant::worker::look_at_clocks(&grant.world.app.desk)).unwrap();
        grant.world.letters_to(&grant.applicant).into_iter().filter(|letter| letter.code == "E21-reminder").collect::<Vec<_>>()
    };
    // The last day is 3 November 2017.
    assert_eq!(reminders("2017-10-30T12:00").len(), 0);
    let first = reminders("2017-10-31T08:00");
    assert_eq!(first.len(), 1);
    assert!(first[0].subject.starts_with("R3-22:") && first[0].text_body.contains(&format!("/contracts/{contract}")), "{}", first[0].text_body);
    assert_eq!(reminders("2017-11-02T08:00").len(), 1, "once");
    assert_eq!(grant.state(contract), State::Sent);

    let signed = Grant::awarded(GRANT);
    let contract = signed.drafted();
    signed.manager.post(&format!("/contracts/{contract}/dispatch"), &[]).expect(303);
    signed.applicant.post(&format!("/contracts/{contract}/signature"), &[("name", "Arta Hoxha"), ("sha256", &signed.sha256(contract))]).expect(303);
    signed.world.at("2017-10-31T08:00");
    signed.world.wait(subgrant::worker::look_at_clocks(&signed.world.app.desk)).unwrap();
    assert!(signed.world.letters_to(&signed.applicant).iter().all(|letter| letter.code != "E21-reminder"), "who has signed is left alone");
}
