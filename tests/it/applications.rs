//! The applicant's file: written in parts, handed in once, frozen, withdrawn, handed in again.
use crate::{World, sample};
use subgrant::applications::{actions, records};
use subgrant::kernel::Error;
use subgrant::workflow::perform;

#[test]
fn a_whole_application_is_handed_in_with_its_code_and_its_receipt() {
    let world = World::new();
    let arta = world.applicant("Arta Hoxha", "Qendra Rinia (example)");
    let id = sample::draft(&world, &arta);
    let (round, actor) = (world.round("R3"), world.actor(&arta));
    let before = world.read(|conn| records::by_id(conn, id).and_then(|row| records::draft_file(conn, &row)));
    assert_eq!(subgrant::applications::rules::shortfalls(&before, &round, world.now()), []);
    let receipt = perform(&world.app.desk, &actor, |act| actions::submit(act, id)).unwrap();
    assert_eq!((receipt.code.as_str(), receipt.number), ("R3-01", 1));
    let frozen = world.read(|conn| records::last_submission(conn, id));
    assert_eq!(subgrant::kernel::fingerprint(frozen.content.as_bytes()), receipt.sha256);
    let file = world.read(|conn| records::frozen_file(conn, id));
    assert_eq!(file.declarations.wordings.len(), round.terms.declarations.len());
    // A second submission is refused, and nothing more is sent.
    let letters = world.letters().len();
    let again = perform(&world.app.desk, &actor, |act| actions::submit(act, id));
    assert!(matches!(again, Err(Error::Refused(reasons)) if reasons[0].code == "already-submitted"));
    assert_eq!(world.letters().len(), letters);
    let letter = &world.letters_to(&arta)[0];
    assert!(letter.subject.starts_with("R3-01:"), "{}", letter.subject);
    assert!(letter.text_body.contains(&receipt.sha256));
}
