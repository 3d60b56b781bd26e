//! Payments: four eyes, once, by the right people; the balance and the end of the contract.
use crate::grant::Grant;
use subgrant::contracts::Category;
use subgrant::kernel::{Money, Role};
use subgrant::payments::State;

#[test]
fn two_different_persons_approve_finance_sends_and_the_beneficiary_confirms() {
    let (grant, contract) = Grant::active();
    let both = grant.world.staff("Besa Dy-Role", &[Role::GrantManager, Role::FinanceOfficer]).in_english();
    let first = grant.payments(contract)[0].id;
    grant.approve(&grant.finance, first).expect(403);
    grant.approve(&both, first).expect(303);
    let refused = grant.approve(&both, first).expect(422);
    assert!(refused.main_text().contains("second person"), "{}", refused.main_text());
    grant.approve(&grant.funder, first).expect(403);
    grant.approve(&grant.stranger, first).expect(404);
    grant.approve(&grant.applicant, first).expect(403);
    grant.approve(&grant.finance, first).expect(303);
    assert_eq!(grant.payment(first).state, State::Approved);

    let send = format!("/payments/{first}/transfer");
    let version = grant.payment(first).version.to_string();
    grant.manager.post(&send, &[("version", &version), ("reference", "FT1")]).expect(403);
    grant.finance.post(&send, &[("version", &version), ("reference", "")]).expect(422);
    grant.finance.post(&send, &[("version", &version), ("reference", "FT17310-0044")]).expect(303);
    grant.finance.post(&send, &[("version", &version), ("reference", "FT17310-0044")]).expect(422);
    let letters: Vec<_> = grant.world.letters_to(&grant.applicant).into_iter().filter(|letter| letter.code == "E25").collect();
    assert_eq!(letters.len(), 1, "a double click sends no second letter");
    assert!(letters[0].text_body.contains("FT17310-0044") && letters[0].text_body.contains("12\u{a0}576,83"));
    let confirm = format!("/payments/{first}/confirmation");
    grant.stranger.post(&confirm, &[]).expect(404);
    grant.finance.post(&confirm, &[]).expect(403);
    grant.applicant.post(&confirm, &[]).expect(303);
    assert_eq!(grant.payment(first).state, State::Confirmed);
    let steps = grant.director.get(&format!("/payments/{first}")).expect(200).texts(".tl li");
    assert!(steps.iter().any(|step| step.contains("Gent Prifti") && step.contains("FT17310-0044")), "{steps:?}");
    assert!(steps.iter().any(|step| step.contains("Confirmed") && step.contains("Arta Hoxha")), "{steps:?}");
}

#[test]
fn a_second_approval_that_saw_the_payment_before_the_first_is_stale() {
    let (grant, contract) = Grant::active();
    let first = grant.payments(contract)[0].id;
    let path = format!("/payments/{first}/approval");
    grant.manager.post(&path, &[("version", "1")]).expect(303);
    grant.finance.post(&path, &[("version", "1")]).expect(409);
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let both = [&grant.finance, &grant.director].map(|who| scope.spawn(|| who.post(&path, &[("version", "2")]).status));
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 303).count(), 1, "{answers:?}");
}

#[test]
fn a_payment_waits_for_contract_and_report() {
    let grant = Grant::awarded(crate::grant::GRANT);
    let contract = grant.drafted();
    let first = grant.payments(contract)[0].id;
    grant.approve(&grant.manager, first).expect(422);
    let (grant, contract) = Grant::active();
    let last = grant.payments(contract)[1].id;
    grant.approve(&grant.manager, last).expect(422);
}

#[test]
fn the_balance_is_what_was_earned_and_closes_the_contract() {
    let (grant, contract) = Grant::active();
    let payments = grant.payments(contract);
    grant.pay(payments[0].id);
    grant.world.at("2018-08-20T10:00");
    grant.spend(contract, Category::HumanResources, "2018-08-01", "13.000,00").expect(303);
    grant.world.at("2018-09-05T10:00");
    let report = grant.report(contract);
    grant.submit(report.id).expect(303);
    let version = grant.report(contract).version.to_string();
    grant.manager.post(&format!("/contracts/{contract}/settlement"), &[]).expect(422);
    let listed = |place: &str| grant.manager.get("/pact/payments").expect(200).text(place);
    assert!(listed("tbody tr").contains("The decision on the report that was submitted") && listed("tbody tr").contains("3,144.21"), "{}", listed("tbody tr"));
    assert!(grant.manager.get(&format!("/payments/{}", payments[1].id)).expect(200).text(".figs").contains("3,144.21"));
    grant.finance.post(&format!("/reports/{}/decision", report.id), &[("version", &version)]).expect(303);
    // The sum to approve is the balance, on the list as on the payment's page, and in what all of them come to.
    assert!(listed("tbody tr").contains("423.17") && listed("tfoot").contains("423.17"), "{} {}", listed("tbody tr"), listed("tfoot"));
    assert!(grant.manager.get(&format!("/payments/{}", payments[1].id)).expect(200).text(".figs").contains("€423.17"));
    grant.pay(payments[1].id);
    assert_eq!(grant.payment(payments[1].id).amount, Money::cents(1_300_000 - 1_257_683));
    assert_eq!(grant.state(contract), subgrant::contracts::State::Closed);
    let round = grant.world.round("R3").id;
    let paid = grant.world.read(|conn| subgrant::payments::records::paid_in(conn, round));
    let accepted = grant.world.read(|conn| subgrant::payments::records::accepted_of(conn, contract));
    assert_eq!((paid, accepted), (vec![(contract, Money::cents(1_300_000))], Money::cents(1_300_000)));
}

#[test]
fn nothing_more_is_paid_when_less_was_accepted_and_the_manager_closes() {
    let (grant, contract) = Grant::active();
    let payments = grant.payments(contract);
    grant.pay(payments[0].id);
    grant.world.at("2018-08-20T10:00");
    grant.spend(contract, Category::HumanResources, "2018-08-01", "5.000,00").expect(303);
    grant.world.at("2018-09-05T10:00");
    let report = grant.report(contract).id;
    grant.submit(report).expect(303);
    let version = grant.report(contract).version.to_string();
    grant.finance.post(&format!("/reports/{report}/decision"), &[("version", &version)]).expect(303);
    grant.approve(&grant.manager, payments[1].id).expect(422);
    grant.finance.post(&format!("/contracts/{contract}/settlement"), &[]).expect(403);
    grant.manager.post(&format!("/contracts/{contract}/settlement"), &[]).expect(303);
    assert_eq!(grant.payment(payments[1].id).state, State::Released);
    assert_eq!(grant.state(contract), subgrant::contracts::State::Closed);
}

#[test]
fn the_list_says_what_waits_for_whom_in_few_statements() {
    let (grant, _) = Grant::active();
    let page = grant.manager.get("/pact/payments").expect(200);
    assert!(page.main_text().contains("You"), "the first payment waits for the manager");
    grant.applicant.get("/pact/payments").expect(404);
    grant.stranger.get("/pact/payments").expect(404);
    let (_, statements) = grant.world.statements(|| grant.finance.get("/pact/payments?page=99999").expect(200));
    assert!(statements <= 8, "{statements} statements");
}

#[test]
fn an_empty_filter_says_which_state_is_empty() {
    let (grant, _) = Grant::active();
    let page = grant.finance.get("/pact/payments?state=sent").expect(200);
    assert_eq!(page.text(".empty"), "No payment is in the state “Sent”.");
}

#[test]
fn readers_follow_the_summarys_paid_figure_to_its_payments_and_are_called_to_nothing() {
    let (grant, contract) = Grant::active();
    let first = grant.payments(contract)[0].id;
    grant.pay(first);
    let auditor = grant.world.staff("Auditorja Vera", &[subgrant::kernel::Role::Auditor]).in_english();
    for reader in [&grant.funder, &auditor] {
        let summary = reader.get("/pact/rounds/R3/summary").expect(200);
        let link = "/pact/payments?round=R3&state=paid";
        assert!(summary.has(&format!("a[href='{link}']")), "{}", summary.main_text());
        let page = reader.get(link).expect(200);
        assert!(page.has(&format!("a[href='/payments/{first}']")));
        assert!(!page.has("main form") && !page.has("main button"), "readers have nothing to press");
        let paid = grant.world.read(|conn| subgrant::payments::records::paid_in(conn, grant.world.round("R3").id));
        assert_eq!(paid.iter().map(|(_, money)| *money).sum::<subgrant::kernel::Money>().to_cents(), 1_257_683);
        assert!(page.text("tfoot").contains("12,576.83"), "{}", page.text("tfoot"));
        assert!(summary.text("main").contains("12,576.83"), "{}", summary.main_text());
        // Another round has none of them.
        assert!(!reader.get("/pact/payments?round=R1&state=paid").expect(200).has("tfoot"));
        let detail = reader.get(&format!("/payments/{first}")).expect(200);
        assert!(!detail.has("main form"), "{}", detail.main_text());
    }
    grant.manager.get("/pact/payments?round=R9").expect(404);
}
