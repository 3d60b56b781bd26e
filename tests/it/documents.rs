//! Applications and receipts as PDF: who gets what, that it is all there, and that one changed byte is found.
use crate::visitor::pdf;
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use subgrant::applications::content::{Description, PartContent};
use subgrant::applications::reading::FileView;
use subgrant::applications::{PrintKind, Receipt, actions, records};
use subgrant::exports::documents::Sheet;
use subgrant::kernel::{ApplicationId, Lang, Role, Tr};
use subgrant::programmes::places;
use subgrant::store::schema::submissions as t;

fn world() -> (World, Visitor) {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    (world, arta)
}

fn download(visitor: &Visitor, address: &str) -> Vec<u8> {
    let answer = visitor.get(address).expect(200);
    assert_eq!(answer.header("content-type").as_deref(), Some("application/pdf"));
    assert!(answer.bytes.starts_with(b"%PDF-1.7"));
    answer.bytes
}

/// Somebody who is not signed in sends a file to the public page and reads what it says.
fn look_up(visitor: &Visitor, file: Vec<u8>) -> Answered {
    visitor.upload("/receipts", &[], ("file", "a.pdf", file)).expect(303).follow().expect(200)
}

fn sheet(world: &World, id: ApplicationId, lang: Lang) -> Sheet {
    let (file, round) = (world.read(|conn| records::frozen_file(conn, id)), world.round("R3"));
    Sheet { t: Tr(lang), programme: world.pact(), file: FileView::of(file, &round), round, address: "https://example.org".into() }
}

#[test]
fn a_pdf_is_recognised_by_anybody_and_one_changed_byte_is_not() {
    let (world, arta) = world();
    let (id, _) = sample::submitted(&world, &arta);
    let stranger = world.stranger().in_english();
    let kept = crate::access::files_under(&world.folder().join("files"));
    let at = |name: &str| format!("/applications/{id}/submissions/1/{name}.pdf");
    let (receipt, application) = (download(&arta, &at("receipt")), download(&arta, &at("application")));
    for (file, words) in [(&receipt, "the receipt of application R3-01"), (&application, "application R3-01 as it was submitted")] {
        let page = look_up(&stranger, file.clone());
        let said = page.text(".note.ok");
        assert!(said.contains(words) && said.contains("the version that counts"), "{said}");
        assert!(!page.body.contains("Qendra Rinia") && !page.body.contains(sample::TITLE));
        for place in [100, file.len() / 2, file.len() - 10] {
            let mut changed = file.clone();
            changed[place] ^= 1;
            assert!(look_up(&stranger, changed).has(".note.warn"), "byte {place}");
        }
    }
    // By what `sha256sum` says of it, too.
    let typed = stranger.get(&format!("/receipts?fingerprint={}", subgrant::kernel::fingerprint(&receipt))).expect(200);
    assert!(typed.text(".note.ok").contains("the receipt of application R3-01"));
    // What is kept was changed behind the house's back: the paper that was handed out is no longer vouched for.
    world.write(|conn| {
        let content = t::table.select(t::content).first::<String>(conn)?;
        diesel::update(t::table).set(t::content.eq(content.replacen("Qendra", "Qendrs", 1))).execute(conn)
    });
    assert!(look_up(&stranger, application).has(".note.err"));
    // Nothing that was sent was kept.
    assert_eq!(crate::access::files_under(&world.folder().join("files")), kept);
}

#[test]
fn a_frozen_version_is_the_same_file_for_ever() {
    let (world, arta) = world();
    let (id, _) = sample::submitted(&world, &arta);
    let first = format!("/applications/{id}/submissions/1/application.pdf");
    let file = download(&arta, &first);
    arta.post(&format!("/applications/{id}/withdrawal"), &[("reason", "a better text")]).expect(303);
    arta.post(&format!("/applications/{id}/draft"), &[]).expect(303);
    let other = Description { problem: "Another text".into(), ..sample::description() };
    sample::act(&world, &world.actor(&arta), |act| actions::save_part(act, id, PartContent::Description(other), None));
    world.at("2017-10-21T09:00");
    assert_eq!(download(&arta, &first), file);
    // What is written now is a draft, and no paper of it proves anything.
    let draft = download(&arta, &format!("/applications/{id}/application.pdf"));
    assert_ne!(draft, file);
    assert!(look_up(&world.stranger(), draft).has(".note.warn"));
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(303);
    let second = download(&arta, &format!("/applications/{id}/submissions/2/application.pdf"));
    assert_eq!(download(&arta, &format!("/applications/{id}/application.pdf")), second);
    let stranger = world.stranger().in_english();
    assert!(look_up(&stranger, file).text(".note.warn").contains("not the version that counts"));
    assert!(look_up(&stranger, second).text(".note.ok").contains("Submission no. 2"));
    // Each language is a file of its own, and both are known.
    let albanian = download(&arta, &format!("{first}?lang=sq"));
    assert!(look_up(&stranger, albanian).text(".note.warn").contains("R3-01"));
}

#[test]
fn an_evaluator_has_the_paper_only_after_the_declaration() {
    let (world, arta) = world();
    let scored = crate::scoring::passed(&world, &arta);
    let secretary = world.staff("Sekretarja", &[Role::Secretary]);
    let reader = world.staff("Dr. E. Marku", &[Role::Evaluator]).in_english();
    let id = crate::scoring::assign(&world, &secretary, scored, &reader);
    let address = format!("/evaluations/{id}/application.pdf");
    reader.get(&address).expect(404);
    crate::scoring::begin(&world, &reader, id);
    let copy = download(&reader, &address);
    assert!(reader.get(&format!("/evaluations/{id}")).expect(200).attributes("a", "href").contains(&address));
    assert!(look_up(&world.stranger().in_english(), copy).text(".note.ok").contains("the evaluators’ copy of application R3-01"));
    // The way in through the application itself stays shut.
    reader.get(&format!("/applications/{scored}/submissions/1/application.pdf")).expect(404);
    reader.get(&format!("/applications/{scored}/application.pdf")).expect(404);
}

/// What in the file is a key or a code and stands on no page as it is.
const CODES: [&str; 13] = [
    "key",
    "activity",
    "responsible",
    "document",
    "agreed",
    "tier",
    "themes",
    "municipalities",
    "municipality",
    "registered_on",
    "starts_on",
    "unit_cost",
    "legal_form",
];

/// Every text of a JSON document but those of these fields.
fn texts(value: &serde_json::Value, but: &[&str], found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|one| texts(one, but, found)),
        serde_json::Value::Object(fields) => fields.iter().filter(|(name, _)| !but.contains(&name.as_str())).for_each(|(_, one)| texts(one, but, found)),
        _ => {}
    }
}

#[test]
fn nothing_of_the_application_is_left_out() {
    let (world, arta) = world();
    let (id, _) = sample::submitted(&world, &arta);
    let receipt = Receipt::of(&world.read(|conn| records::last_submission(conn, id)));
    for lang in [Lang::Sq, Lang::En] {
        let sheet = sheet(&world, id, lang);
        let document = sheet.of_submission(PrintKind::Application, &receipt, "Arta Hoxha");
        let mut said = vec![];
        texts(&serde_json::to_value(&document).unwrap(), &[], &mut said);
        let said = said.join("\n").replace([' ', '\u{a0}'], "");
        let file = &sheet.file.file;
        let mut wanted = vec![];
        for part in ["partners", "summary", "description", "logframe", "capacity", "attachments", "declarations"] {
            texts(&serde_json::to_value(file).unwrap()[part], &CODES, &mut wanted);
        }
        let profile = &file.organisation.profile;
        wanted.extend([&file.organisation.name, &file.organisation.nipt, &profile.mission, &profile.finances, &profile.contact_email].map(Clone::clone));
        wanted.extend(file.summary.municipalities.iter().map(|code| places::name(code).to_owned()));
        wanted.extend(file.budget.lines.iter().flat_map(|line| [line.description.clone(), line.justification.clone(), Tr(lang).amount(line.total())]));
        let totals = &sheet.file.totals;
        wanted.extend(totals.by_heading.iter().map(|(_, sum)| Tr(lang).amount(sum)));
        wanted.extend([totals.total, totals.requested, totals.own, totals.indirect].map(|sum| Tr(lang).amount(sum)));
        wanted.extend([receipt.code.clone(), receipt.sha256.clone(), Tr(lang).moment_exact(receipt.submitted_at)]);
        assert!(wanted.len() > 100, "{}", wanted.len());
        // A wording is said in the reader's language.
        let other: Vec<_> = file.declarations.wordings.iter().map(|wording| wording.in_lang(lang.other()).to_owned()).collect();
        let missing: Vec<_> = wanted.iter().filter(|text| !other.contains(text) && !said.contains(&text.replace([' ', '\u{a0}'], ""))).collect();
        assert!(missing.is_empty(), "{lang}: {missing:#?}");
        // The evaluators' copy names nobody's address.
        let reading = Sheet { file: FileView::of(subgrant::scoring::rules::for_reader(file.clone()), &sheet.round), ..sheet };
        let copy = serde_json::to_string(&reading.of_submission(PrintKind::Reading, &receipt, "")).unwrap();
        assert!(copy.contains(sample::TITLE) && !copy.contains('@'), "{copy}");
    }
}

#[test]
fn a_draft_says_so_and_the_letter_names_the_receipt() {
    let (world, arta) = world();
    let (id, _) = sample::submitted(&world, &arta);
    let sheet = sheet(&world, id, Lang::En);
    assert_eq!(sheet.of_draft("", world.now()).mark, "DRAFT, not submitted");
    let receipt = Receipt::of(&world.read(|conn| records::last_submission(conn, id)));
    assert_eq!(sheet.of_submission(PrintKind::Application, &receipt, "").mark, "");
    let (letter, address) = (&world.letters_to(&arta)[0], format!("/applications/{id}/submissions/1/receipt.pdf"));
    assert!(letter.text_body.contains(&address), "{}", letter.text_body);
    for page in ["receipt", "read"] {
        let links = arta.get(&format!("/applications/{id}/{page}")).expect(200).attributes("a", "href");
        for link in links.iter().filter(|link| link.ends_with(".pdf")) {
            download(&arta, link);
        }
        assert!(links.contains(&format!("/applications/{id}/submissions/1/application.pdf")), "{page}: {links:?}");
    }
}

#[test]
fn a_declaration_is_ready_to_be_signed() {
    let (world, arta) = world();
    let id = sample::draft(&world, &arta);
    let links = arta.get(&format!("/applications/{id}/attachments")).expect(200).attributes("a", "href");
    let models: Vec<_> = links.iter().filter(|link| link.contains("declaration.pdf")).collect();
    assert_eq!(models, [&format!("/applications/{id}/declaration.pdf"), &format!("/applications/{id}/declaration.pdf?partner=p1")]);
    for link in models {
        download(&arta, link);
    }
    arta.get(&format!("/applications/{id}/declaration.pdf?partner=p9")).expect(404);
    let application = world.read(|conn| records::by_id(conn, id));
    let (file, round) = (world.read(|conn| records::draft_file(conn, &application)), world.round("R3"));
    let sheet = Sheet { t: Tr(Lang::Sq), programme: world.pact(), file: FileView::of(file, &round), round, address: String::new() };
    for document in [sheet.declaration(world.now()), sheet.partner_declaration("p1", world.now()).unwrap()] {
        let said = serde_json::to_string(&document).unwrap();
        assert!(said.contains("Qendra Rinia (example)") && said.contains(sample::TITLE) && said.contains("Nënshkrimi dhe vula"), "{said}");
    }
    let now = world.now();
    let honour = serde_json::to_string(&sheet.declaration(now)).unwrap();
    assert!(sheet.round.terms.declarations.iter().all(|one| honour.contains(one.wording.sq.split('.').next().unwrap())));
    // The papers are asked for before the last part: the words stand there before anybody has ticked them, and no amount ages under a signature.
    let mut early = sheet;
    early.file.file.declarations.agreed.clear();
    early.file = FileView::of(early.file.file, &early.round);
    assert_eq!(serde_json::to_string(&early.declaration(now)).unwrap(), honour);
    assert!(!honour.contains('€'), "{honour}");
}

#[test]
fn the_public_look_up_is_bounded() {
    let (world, _) = world();
    let stranger = world.stranger().in_english();
    let large = stranger.upload("/receipts", &[], ("file", "large.pdf", vec![b' '; 2_000_001])).expect(422);
    assert!(large.text(".msg").contains("None of ours is"), "{}", large.text(".msg"));
    assert!(stranger.upload("/receipts", &[], ("file", "", vec![])).expect(422).has("#file-error"));
    assert!(look_up(&stranger, pdf("of somebody else")).has(".note.warn"));
    for _ in 3..60 {
        stranger.upload("/receipts", &[], ("file", "a.pdf", pdf("again"))).expect(303);
    }
    stranger.upload("/receipts", &[], ("file", "a.pdf", pdf("again"))).expect(429);
    // Who types a fingerprint is not held up by that.
    stranger.get("/receipts?fingerprint=ab").expect(200);
}
