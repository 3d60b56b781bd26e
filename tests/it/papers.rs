//! Papers of an application and of the organisation's profile: limits that are told, twins that are noticed, days that run out, lines that break.
use crate::visitor::pdf;
use crate::{Answered, Visitor, World, sample};
use diesel::prelude::*;
use std::io::{Read as _, Write as _};
use subgrant::accounts::paper_records;
use subgrant::applications::{Attachment, records};
use subgrant::calls::{Document, Terms};
use subgrant::kernel::{ApplicationId, FileKind, Membership, Role};
use subgrant::store::schema;

/// R3, with a tax certificate that must still be valid on the closing day, as a PDF of at most 1 MB.
fn asks_for_taxes(world: &World) {
    let round = world.round("R3");
    let mut terms: Terms = round.terms;
    let tax =
        Document { key: "tax".into(), kinds: vec![FileKind::Pdf], megabytes: 1, validity: true, required: true, ..terms.document("nipt").unwrap().clone() };
    terms.documents.push(tax);
    let terms = serde_json::to_string(&terms).unwrap();
    world.write(|conn| diesel::update(schema::rounds::table.find(round.id)).set(schema::rounds::terms.eq(&terms)).execute(conn));
}

pub fn begin(world: &World, visitor: &Visitor) -> ApplicationId {
    world.pact();
    let to = visitor.post("/pact/calls/R3/applications", &[("organisation", &visitor.organisation_id().to_string())]).expect(303).location.unwrap();
    to.rsplit('/').next().unwrap().parse().unwrap()
}

pub fn page(id: ApplicationId) -> String {
    format!("/applications/{id}/attachments")
}

fn send(visitor: &Visitor, id: ApplicationId, document: &str, name: &str, bytes: Vec<u8>) -> Answered {
    visitor.upload(&page(id), &[("document", document)], (document, name, bytes))
}

pub fn papers(world: &World, id: ApplicationId) -> Vec<Attachment> {
    world.read(|conn| records::attachments(conn, id))
}

/// A PDF of about so many bytes.
pub fn heavy(words: &str, bytes: usize) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n%".to_vec();
    file.resize(bytes, b'x');
    file.extend_from_slice(&pdf(words));
    file
}

#[test]
fn the_same_file_twice_is_kept_once_and_elsewhere_it_is_said() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    send(&arta, id, "statute", "statuti.pdf", pdf("Statuti")).expect(303);
    let again = send(&arta, id, "statute", "statuti (1).pdf", pdf("Statuti")).expect(303).follow();
    assert!(again.text("[role=status]").contains("is there already. It was kept once."), "{}", again.text("[role=status]"));
    assert_eq!(papers(&world, id).iter().map(|paper| paper.name.as_str()).collect::<Vec<_>>(), ["statuti.pdf"]);
    let elsewhere = send(&arta, id, "registration", "vendimi.pdf", pdf("Statuti")).expect(303).follow();
    assert!(elsewhere.text("[role=status]").contains("also there as “Statute and act of establishment”"), "{}", elsewhere.text("[role=status]"));
    assert_eq!(papers(&world, id).len(), 2, "it is said, not refused");
    for slot in ["#slot-registration", "#slot-statute"] {
        assert!(elsewhere.text(&format!("{slot} .rep")).contains("very same file is also there"), "{slot}");
    }
    // Taken out and sent once more it is there again.
    let first = papers(&world, id).remove(0);
    arta.post(&format!("/attachments/{}/removal", first.id), &[]).expect(303);
    send(&arta, id, "statute", "statuti.pdf", pdf("Statuti")).expect(303);
    assert_eq!(papers(&world, id).len(), 2);
}

#[test]
fn each_document_says_what_it_takes_and_complains_beside_itself() {
    let world = World::new();
    asks_for_taxes(&world);
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    send(&arta, id, "statute", "statuti.pdf", heavy("Statuti", 3_400_000)).expect(303);
    let shown = arta.get(&page(id)).expect(200);
    assert!(shown.text("#space").contains("one file, 3.4 MB. Room for 46.6 MB more"), "{}", shown.text("#space"));
    assert_eq!(shown.text("#tax-hint"), "PDF; up to 1 MB each.");
    assert_eq!(shown.text("#statute-hint"), "PDF, photo (JPEG, PNG), DOCX, XLSX; up to 10 MB each.");
    assert_eq!(shown.attributes("#tax", "accept"), [".pdf"]);
    let png = b"\x89PNG\r\n\x1a\n0000".to_vec();
    for (document, name, bytes, said) in [
        ("tax", "vertetim.png", png.clone(), "is of a kind that is not taken here. Taken are: PDF."),
        ("tax", "vertetim.pdf", heavy("x", 1_000_001), "larger than 1 MB"),
        ("statute", "statuti.pdf", b"<html><script>alert(1)</script>".to_vec(), "is not a PDF"),
        ("statute", "statuti.pdf", b"%PDF-1.4\n<html><script>alert(1)</script></html>".to_vec(), "is cut off"),
        ("statute", "statuti.docx", b"PK\x03\x04....[Content_Types].xml".to_vec(), "is damaged or cut off"),
        ("statute", "statuti.pdf", heavy("x", 10_000_001), "larger than 10 MB"),
        ("cv", "", vec![], "Choose a file first."),
    ] {
        let refused = arta.upload(&page(id), &[("document", document), ("valid_until", "2017-12-31")], ("whatever", name, bytes)).expect(422);
        let beside = refused.text(&format!("#{document}-error"));
        assert!(beside.contains(said), "{name}: {beside}");
        assert_eq!(refused.texts(".field .msg").len(), 1, "{name}: only there");
        if document == "tax" {
            assert_eq!(refused.attributes("#until-tax", "value"), ["2017-12-31"], "what was typed is still there");
        }
    }
    assert_eq!(papers(&world, id).len(), 1);
    // A phone's picture under the wrong ending is taken, with the right one.
    send(&arta, id, "nipt", "IMG_0001.JPG", png).expect(303);
    let picture = papers(&world, id).pop().unwrap();
    assert_eq!((picture.name.as_str(), picture.media_type.as_str()), ("IMG_0001.png", "image/png"));
}

#[test]
fn all_together_have_a_limit_and_what_is_left_is_told() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    for number in 0..5 {
        send(&arta, id, "cv", &format!("cv-{number}.pdf"), heavy(&number.to_string(), 9_800_000)).expect(303);
    }
    let full = send(&arta, id, "statute", "statuti.pdf", heavy("x", 1_500_000)).expect(422);
    assert!(full.text("#statute-error").contains("All documents together may have 50 MB"), "{}", full.text("#statute-error"));
    assert!(full.text("#space").contains("Room for 1 MB more"), "{}", full.text("#space"));
    send(&arta, id, "statute", "statuti.pdf", pdf("small")).expect(303);
}

#[test]
fn a_paper_that_must_be_valid_says_its_day_and_lasts_until_the_deadline() {
    let world = World::new();
    asks_for_taxes(&world);
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = sample::draft(&world, &arta);
    let stands_in_the_way = || arta.get(&format!("/applications/{id}/check")).expect(200).texts(".errsum a").join(" | ");
    assert!(stands_in_the_way().contains("Say until when “NIPT certificate” is valid."), "{}", stands_in_the_way());
    let tax = papers(&world, id).into_iter().find(|paper| paper.document == "tax").unwrap();
    let until = |day: &str| arta.post(&format!("/attachments/{}/validity", tax.id), &[("valid_until", day)]);
    let wrong = until("nesër").expect(422);
    assert!(wrong.text(&format!("#until-{}-error", tax.id)).contains("Enter the last day"));
    until("2017-10-24").expect(303);
    assert!(stands_in_the_way().contains("is valid until 24 October 2017, but this call asks for one that is still valid when it closes on 25 October 2017"));
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(422);
    until("25.10.2017").expect(303);
    assert_eq!(stands_in_the_way(), "");
    arta.post(&format!("/applications/{id}/submission"), &[]).expect(303);
    let frozen = world.read(|conn| records::frozen_file(conn, id));
    assert_eq!(frozen.attachments.iter().find(|paper| paper.document == "tax").unwrap().valid_until.unwrap().to_string(), "2017-10-25");
    until("2018-01-01").expect(422);
    // The office reads it there.
    let mira = world.staff("Mira Kola", &[Role::GrantManager]).in_english();
    assert!(mira.get(&format!("/applications/{id}/read")).expect(200).main_text().len() > 10);
    assert!(mira.get(&format!("/applications/{id}/read")).expect(200).body.contains("valid until 25\u{a0}October 2017"));
}

#[test]
fn a_paper_is_kept_once_in_the_profile_and_used_with_one_button() {
    let world = World::new();
    asks_for_taxes(&world);
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let besa = world.applicant("Besa Marku", "Qendra Rinia (example)").in_english();
    let vera = world.applicant("Vera Leka", "Qendra Buna (example)");
    let id = begin(&world, &arta);
    let profile = format!("/organisations/{}/papers", arta.organisation_id());
    // While sending it in an application.
    let fields = [("document", "statute"), ("keep", "yes"), ("valid_until", "")];
    arta.upload(&page(id), &fields, ("statute", "statuti.pdf", pdf("Statuti"))).expect(303);
    // And on the profile's own page; Besa writes for the organisation too.
    let expired = besa.upload(&profile, &[("kind", "tax"), ("valid_until", "2017-10-19")], ("file", "vertetim.pdf", pdf("v"))).expect(422);
    assert!(expired.text(".errsum").contains("expired on 19 October 2017"), "{}", expired.text(".errsum"));
    let nothing = besa.upload(&profile, &[("kind", ""), ("valid_until", "x")], ("file", "", vec![])).expect(422);
    assert_eq!(nothing.texts(".errsum li").len(), 3, "kind, day and file at once");
    besa.upload(&profile, &[("kind", "tax"), ("valid_until", "2017-10-22")], ("file", "korte.pdf", pdf("short"))).expect(303);
    besa.upload(&profile, &[("kind", "tax"), ("valid_until", "31.12.2017")], ("file", "vertetim.pdf", pdf("long"))).expect(303);
    besa.upload(&profile, &[("kind", "tax"), ("valid_until", "31.12.2017")], ("file", "vertetim-2.pdf", pdf("long"))).expect(303);
    let kept = world.read(|conn| paper_records::papers_of(conn, arta.organisation_id()));
    assert_eq!(kept.len(), 3, "the same file as the same kind is kept once");
    let listed = arta.get(&profile).expect(200);
    assert!(listed.text("table").contains("Besa Marku") && listed.text("table").contains("valid until 31 December 2017"), "{}", listed.text("table"));

    // Another application of the organisation is offered what is good, and told what is not.
    let shown = arta.get(&page(id)).expect(200);
    assert!(!shown.has("#slot-statute form[action$=kept]"), "that very file is there");
    assert_eq!(shown.texts("#slot-tax form[action$=kept] button").len(), 1);
    assert!(shown.text("#slot-tax").contains("valid until 22 October 2017, which is before this call closes"));
    let paper = |name: &str| kept.iter().find(|paper| paper.name == name).unwrap().id.to_string();
    let take = |who: &Visitor, document: &str, paper: &str| who.post(&format!("{}/kept", page(id)), &[("document", document), ("paper", paper)]);
    take(&arta, "tax", &paper("korte.pdf")).expect(422);
    take(&arta, "registration", &paper("vertetim.pdf")).expect(422);
    take(&vera, "tax", &paper("vertetim.pdf")).expect(404);
    take(&arta, "tax", &paper("vertetim.pdf")).expect(303);
    let tax = papers(&world, id).into_iter().find(|paper| paper.document == "tax").unwrap();
    assert_eq!((tax.name.as_str(), tax.valid_until.unwrap().to_string().as_str()), ("vertetim.pdf", "2017-12-31"));
    // Its days go by.
    world.at("2018-01-05T10:00");
    assert!(arta.get(&profile).expect(200).text("table").contains("expired on 31 December 2017"));
    arta.post(&format!("{profile}/{}/removal", paper("vertetim.pdf")), &[]).expect(303);
    assert_eq!(papers(&world, id).iter().filter(|paper| paper.document == "tax").count(), 1, "the application keeps what it has");
    arta.get(&format!("{profile}/{}", paper("vertetim.pdf"))).expect(404);
    // Nobody else sees them, whatever they are.
    vera.get(&profile).expect(404);
    vera.get(&format!("{profile}/{}", paper("statuti.pdf"))).expect(404);
    assert_eq!(arta.get(&format!("{profile}/{}", paper("statuti.pdf"))).expect(200).bytes, pdf("Statuti"));
    let besa_elsewhere = vera.organisation_id();
    world.join(&besa, besa_elsewhere, Membership::Editor);
    besa.get(&format!("/organisations/{besa_elsewhere}/papers/{}", paper("statuti.pdf"))).expect(404);
}

#[test]
fn a_paper_that_the_profile_does_not_take_is_attached_all_the_same() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)").in_english();
    let id = begin(&world, &arta);
    let fields = |day| [("document", "statute"), ("keep", "yes"), ("valid_until", day)];
    let sent = arta.upload(&page(id), &fields("2017-01-01"), ("statute", "statuti.pdf", pdf("1"))).expect(303).follow();
    assert!(
        sent.text("[role=status]").contains("was added. It expired on 1 January 2017, so it was not kept in the profile."),
        "{}",
        sent.text("[role=status]")
    );
    let unread = arta.upload(&page(id), &fields("nesër"), ("statute", "statuti-2.pdf", pdf("2"))).expect(422);
    assert!(unread.text("#until-statute-error").contains("Enter the last day"));
    assert_eq!(papers(&world, id).len(), 2, "no file is sent twice for a day");
    assert!(world.read(|conn| paper_records::papers_of(conn, arta.organisation_id())).is_empty());
}

/// The line breaks in the middle of a file: nothing is half there, and the next try is as the first.
#[test]
fn a_line_that_breaks_leaves_nothing_behind() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = begin(&world, &arta);
    let host = world.address.trim_start_matches("http://");
    let mut body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--b\r\nContent-Disposition: form-data; name=\"document\"\r\n\r\nstatute\r\n--b\r\nContent-Disposition: form-data; name=\"statute\"; filename=\"statuti.pdf\"\r\nContent-Type: application/pdf\r\n\r\n",
        arta.csrf()
    )
    .into_bytes();
    body.extend_from_slice(&heavy("x", 300_000)[..200_000]);
    let cookie = arta.cookie(subgrant::web::SESSION_COOKIE).unwrap();
    let mut line = std::net::TcpStream::connect(host).unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {host}\r\nCookie: subgrant={cookie}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        page(id),
        body.len() + 400_000
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(&body).unwrap();
    line.flush().unwrap();
    let incoming = world.folder().join("files/incoming");
    let there = || std::fs::read_dir(&incoming).unwrap().count();
    let waits = |wanted: usize| {
        (0..200).any(|_| {
            there() == wanted || {
                std::thread::sleep(std::time::Duration::from_millis(25));
                false
            }
        })
    };
    assert!(waits(1), "it is being written");
    line.shutdown(std::net::Shutdown::Both).unwrap();
    let _ = line.read(&mut [0; 64]);
    assert!(waits(0), "nothing half-written stays");
    assert!(papers(&world, id).is_empty());
    send(&arta, id, "statute", "statuti.pdf", pdf("Statuti")).expect(303);
}
